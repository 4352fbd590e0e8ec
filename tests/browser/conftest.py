"""A server of rooms, and people with browsers who meet there."""

from collections.abc import Callable, Iterator

import pytest

from rooms_people import Person


@pytest.fixture(scope="module")
def rooms(tmp_path_factory) -> Iterator:
    """A server on loopback whose rates never stand in the way of a test."""
    from comity.rooms.service.settings import Limits
    from rooms_serving import Running

    limits = Limits(rate=1000.0, burst=10_000, open_rate=100.0, open_burst=1000)
    file = tmp_path_factory.mktemp("rooms") / "rooms.db"
    server = Running(database=f"sqlite:///{file}", limits=limits)
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
