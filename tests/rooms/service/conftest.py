"""A server on loopback with a client, and rooms on it."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def server(serve):
    """A server with its own database and the real clock."""
    return serve()


@pytest.fixture
def client(server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


@pytest.fixture
def meeting(client):
    """An open room of two who will agree."""
    from room_play import agreeing
    from rooms_http import Meeting

    return Meeting(client, agreeing())
