"""Automatic parties at the tables of shipped examples, whose views are public.

The server keeps nothing of them: whoever opened the room holds the link of such a seat, and its
browser asks for the next move with it. All secrets of the seat follow from that link.
"""

from __future__ import annotations

import hashlib

from comity.agreement import make_party
from comity.core.errors import InputError
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.web.examples import example_of

BEHAVIOURS = ("honest", "cautious", "exaggerating")
"""Kinds of party that are offered."""

SECRET = "comity-automatic-1"


def next_move(room: Room, name: str, kind: str, token: str) -> Message | None:
    """Return what the automatic party in a seat sends now, or ``None`` while it waits.

    Raises `InputError` for rooms that are about no shipped example, and for other kinds of party.
    """
    if kind not in BEHAVIOURS:
        raise InputError("no such kind of party", found=kind[:40], expected=", ".join(BEHAVIOURS))
    found = example_of(room.terms)
    if found is None:
        raise InputError("automatic parties sit only at the tables of shipped examples")
    party = next(party for party in found.case.parties if party.name == name)
    secret = hashlib.sha256(f"{SECRET}\n{token}".encode()).hexdigest()
    return Seat(party, make_party(kind, {}), secret, room.id).next(room)
