"""A server of rooms, and people with browsers who meet there."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from rooms_people import Person


@dataclass
class Ahead:
    """The real time, in milliseconds, and what a test has added to it."""

    added: int = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.added

    def pass_(self, seconds: int) -> None:
        self.added += 1000 * seconds


@pytest.fixture(scope="module")
def rooms(tmp_path_factory) -> Iterator:
    """A server on loopback whose rates never stand in the way of a test."""
    from comity.rooms.service.settings import Limits
    from rooms_serving import Running

    limits = Limits(rate=1000.0, burst=10_000, open_rate=100.0, open_burst=1000)
    file = tmp_path_factory.mktemp("rooms") / "rooms.db"
    clock = Ahead()
    server = Running(database=f"sqlite:///{file}", limits=limits, clock=clock)
    server.clock = clock
    yield server
    server.stop()


@pytest.fixture
def person(browser, rooms) -> Iterator[Callable[..., Person]]:
    """A function that gives somebody a browser of their own; fails on what a page complains of."""
    people: list[Person] = []

    def enter(language: str = "en-US", **options) -> Person:
        people.append(Person(browser, rooms.url, language, **options))
        return people[-1]

    yield enter
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []
