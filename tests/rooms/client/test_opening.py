import json

import pytest

from comity.core.errors import InputError
from comity.rooms.client.joining import open_room
from comity.rooms.client.links import Link
from fake_rooms import ADDRESS, FakeServer


def test_the_terms_hold_no_model(server, opened, river):
    body = server.heard[0][3]
    terms = json.loads(body)["message"]["body"]["terms"]
    assert set(terms) == {"title", "summary", "frame", "constitution", "evidence", "deadlines"}
    numbers = {f"{v:g}" for p in river.parties for v in p.model.values.ravel() if v != int(v)}
    assert numbers
    assert not {number for number in numbers if number in body}


def test_everyone_gets_its_own_link(opened, river):
    tokens = {Link.read(link).token for link in (*opened.links.values(), opened.watch)}
    assert len(tokens) == len(river.names) + 1


def test_deadlines_are_part_of_the_terms(server, river):
    opened = open_room(ADDRESS, river, {"joining": 60}, transport=server.transport())
    deadlines = server.desks[opened.room].room.terms.data["deadlines"]
    assert deadlines["joining"] == 60
    with pytest.raises(InputError, match="deadline"):
        open_room(ADDRESS, river, {"joining": 0}, transport=server.transport())
    with pytest.raises(InputError, match="deadlines"):
        open_room(ADDRESS, river, {"breakfast": 60}, transport=server.transport())


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"room": "another"}, {"room": 1, "seats": 2}, "opened"]
)
def test_a_server_that_opens_nothing(answer, river):
    server = FakeServer(twist=lambda request, status, data: (201, answer))
    with pytest.raises(InputError, match="opened no room"):
        open_room(ADDRESS, river, transport=server.transport())
