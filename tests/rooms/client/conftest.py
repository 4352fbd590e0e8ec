"""A server in memory, and a room that two parties can take part in."""

import asyncio

import pytest

from comity.cases import load
from comity.rooms.client.joining import join_async, open_room
from fake_rooms import ADDRESS, FakeServer


@pytest.fixture
def server():
    return FakeServer()


@pytest.fixture
def household(examples):
    return load(examples / "household.toml")


@pytest.fixture
def river(examples):
    return load(examples / "river.toml")


@pytest.fixture
def opened(server, river):
    return open_room(ADDRESS, river, transport=server.transport())


@pytest.fixture
def play_all(server):
    """Return how a room ends for each party, all taking part at once."""

    def play(opened, case, behaviours=None, **options):
        async def all_of_them():
            jobs = [
                join_async(
                    link,
                    case,
                    (behaviours or {}).get(name),
                    transport=server.async_transport(),
                    **options.get(name, {}),
                )
                for name, link in opened.links.items()
            ]
            return await asyncio.gather(*jobs)

        return dict(zip(opened.links, asyncio.run(all_of_them()), strict=True))

    return play
