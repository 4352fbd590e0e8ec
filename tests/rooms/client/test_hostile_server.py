"""A server that answers one request with anything: it is caught, or it made no difference."""

import asyncio
import json

import numpy as np
import pytest

from comity.core.errors import ComityError
from comity.rooms.client.joining import join_async, open_room
from fake_rooms import ADDRESS, FakeServer

ANYTHING = (None, True, 0, -1, 2**60, 1e300, "", "x" * 300, "\u0000", [], [[]], {}, {"a": {}})


def places(data, path=()):
    """Every place in plain JSON."""
    yield path
    if isinstance(data, (dict, list)):
        for key, child in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(child, (*path, key))


def mutated(data, rng):
    """The data with one place changed, dropped or doubled."""
    data = json.loads(json.dumps(data))
    every = list(places(data))
    path = every[rng.integers(len(every))]
    if not path:
        return ANYTHING[rng.integers(len(ANYTHING))]
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    action = rng.integers(3)
    if action == 0:
        del parent[path[-1]]
    elif action == 1 and isinstance(parent, list):
        parent.append(parent[path[-1]])
    else:
        parent[path[-1]] = ANYTHING[rng.integers(len(ANYTHING))]
    return data


def met(case, seed):
    """How it ends for a party whose server answers one of its requests with something else."""
    rng = np.random.default_rng(seed)
    server = FakeServer()
    opened = open_room(ADDRESS, case, transport=server.transport())
    victim, other = opened.links.values()
    token, left = victim.rpartition("/")[2], [int(rng.integers(18))]

    def twist(request, status, data):
        mine = request.headers["authorization"].endswith(token)
        left[0] -= mine
        if mine and left[0] == -1:
            wrong = (200, 200, 200, 200, 400, 404, 409, 500)
            return int(wrong[rng.integers(len(wrong))]), mutated(data, rng)
        return status, data

    server.twist = twist

    async def run():
        transport = server.async_transport()
        partner = asyncio.create_task(join_async(other, case, transport=transport))
        try:
            return await join_async(victim, case, transport=transport, patience=1.0)
        except ComityError as error:
            return error
        finally:
            partner.cancel()
            await asyncio.gather(partner, return_exceptions=True)

    return asyncio.run(run()), server.desks[opened.room]


@pytest.mark.parametrize("start", range(0, 30, 10))
def test_it_is_caught_or_it_made_no_difference(start, river):
    for seed in range(start, start + 10):
        found, desk = met(river, seed)
        if isinstance(found, ComityError):
            assert str(found)
            continue
        assert found.status == "agreed"
        assert found.verification.ok
        assert found.folded.head == desk.room.head
