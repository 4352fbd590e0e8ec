"""Automatic parties play a shipped example to its end, from nothing but links."""

import pytest

from comity.cases import load
from comity.core.errors import InputError
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.solving import solve
from comity.rooms.protocol.terms import Terms
from comity.rooms.protocol.verification import log_to_dict, verify_log
from comity.rooms.web.automatic import BEHAVIOURS, next_move


def desk_of(examples, name, title=None):
    data = dict(Terms.of(load(examples / f"{name}.toml")).data)
    data["title"] = title or data["title"]
    opening = Message.signed(Key(b"1" * 32), room="ab" * 16, type="propose", body={"terms": data})
    return Desk.open(Key(bytes(32)), opening, 1000)


@pytest.mark.parametrize("kind", BEHAVIOURS)
def test_a_whole_room(examples, kind):
    desk = desk_of(examples, "river")
    room = desk.room
    while room.phase != "ended":
        if room.phase == "solving":
            desk.propose(solve(room.terms, room.opened, room.round), 1000)
            continue
        for name in desk.missing:
            desk.take(next_move(room, name, kind, f"link of {name}"), 1000)
    assert room.outcome["status"] in ("agreed", "refused", "no gain")
    assert verify_log(log_to_dict(room)).ok


def test_the_same_link_makes_the_same_move(examples):
    desk = desk_of(examples, "chicken")
    first, again, other = (
        next_move(desk.room, "Row", "honest", token) for token in ("a", "a", "b")
    )
    assert first == again
    assert first.key != other.key


def test_who_has_moved_waits(examples):
    desk = desk_of(examples, "chicken")
    desk.take(next_move(desk.room, "Row", "honest", "a"), 1000)
    assert next_move(desk.room, "Row", "honest", "a") is None


def test_only_what_ships_is_played(examples):
    with pytest.raises(InputError, match="shipped"):
        next_move(desk_of(examples, "chicken", "Mine").room, "Row", "honest", "a")
    with pytest.raises(InputError, match="no such kind"):
        next_move(desk_of(examples, "chicken").room, "Row", "spiteful", "a")
