"""What every test of rooms may ask for: a clock that it sets, and servers of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest


@dataclass
class Time:
    """A clock that a test sets, in milliseconds."""

    now: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += int(1000 * seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def serve(tmp_path) -> Iterator[Callable]:
    """A function that starts a server on loopback with some settings and returns it running."""
    from rooms_serving import Running

    running: list[Running] = []

    def begin(**settings) -> Running:
        running.append(Running(**{"database": f"sqlite:///{tmp_path}/rooms.db", **settings}))
        return running[-1]

    yield begin
    for server in running:
        server.stop()
