"""A server on loopback, and a client that reads its pages."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator:
    """A server that a module shares, whose rates stand in nobody's way."""
    from comity.rooms.service.settings import Limits
    from rooms_serving import Running

    limits = Limits(rate=10_000.0, burst=100_000, open_rate=100.0, open_burst=1000)
    file = tmp_path_factory.mktemp("site") / "rooms.db"
    server = Running(database=f"sqlite:///{file}", limits=limits)
    yield server
    server.stop()


@pytest.fixture
def client(site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=30) as client:
        yield client
