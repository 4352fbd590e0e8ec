"""Sitting down: from a link and one's own part of a Case to a chair at the table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.agreement import PartyBehaviour, make_party
from comity.cases import Case, Party
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.rooms.client.calls import FIRST_PATIENCE, Calls
from comity.rooms.client.chair import Chair, Watch
from comity.rooms.client.memory import Memory
from comity.rooms.client.remembering import Remembering
from comity.rooms.client.steps import Answer, Steps
from comity.rooms.client.witness import Witness, replayed
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.terms import Terms

ROOM = re.compile(r"[0-9a-f]{32}\Z")
FIXED = ("frame", "constitution", "evidence")
"""What of the terms decides what an agreement means."""


@dataclass(frozen=True)
class Guest:
    """Who sits down, and how.

    Attributes
    ----------
    own : a Case that holds one's own view, by whose constitution alone one takes part; or one's
        own entry of a Case, which takes part by whatever the room says.
    behaviour : how it reports and responds; as the Case says, unless given.
    name : who it means to be; a link to another seat is refused.
    state : file that it goes on from after a crash.
    operator : the only key it trusts; the first one it meets unless given.
    watch : called with each new entry.
    clock : seconds since 1970.
    """

    own: Case | Party
    behaviour: PartyBehaviour | None = None
    name: str | None = None
    state: str | Path | None = None
    operator: str | None = None
    watch: Watch | None = None
    clock: Callable[[], float] = time.time


def enter(calls: Calls, guest: Guest) -> Steps[Chair]:
    """Return a chair at the room that a token opens, with all checked that it shows so far.

    Raises `InputError` where the token opens nothing, or the terms are not those of the Case.
    """
    first = replace(calls, patience=min(calls.patience, FIRST_PATIENCE))
    room, name = _place((yield from first.call("GET", "/api/seat")))
    if guest.name not in (None, name):
        raise InputError("the link is another's", place="name", found=name, expected=guest.name)
    party = own_party(guest.own, name)
    memory = Memory.open(guest.state, room, party.name)
    known = guest.operator or memory.operator or None
    witness = replayed(memory.entries, Witness(room, known, guest.clock))
    behaviour = guest.behaviour or make_party(party.kind, party.options, f"parties.{party.name}")
    seat = Seat(party, Remembering(behaviour, memory), memory.secret, room)
    chair = Chair(calls, seat, memory, witness, guest.watch)
    yield from chair.look()
    if isinstance(guest.own, Case):
        check_terms(chair.room.terms, guest.own)
    return chair


def _place(answer: Answer) -> tuple[str, str]:
    """Return the room and the seat that a token opens."""
    data = answer.data if isinstance(answer.data, Mapping) else {}
    room, you = data.get("room"), data.get("you")
    if not isinstance(room, str) or not ROOM.match(room):
        raise InputError("the link leads to no room", place="LINK", found=str(room)[:80])
    if not isinstance(you, str):
        raise InputError("the link opens no seat, it only lets one watch", place="LINK")
    return room, you


def own_party(own: Case | Party, name: str) -> Party:
    """Return one's own entry for the seat of this name."""
    if isinstance(own, Case):
        parties = {party.name: party for party in own.parties}
        return pick(parties, name, "the Case has no view of who sits here", "parties")
    if own.name != name:
        raise InputError("the seat is another's", place="parties", found=own.name, expected=name)
    return own


def check_terms(terms: Terms, case: Case) -> None:
    """Raise `InputError` where a room's terms are others than a Case states."""
    stated = Terms.of(case).data
    for name in FIXED:
        found, expected = terms.data[name], stated[name]
        if found != expected:
            place, one, other = _difference(name, found, expected)
            raise InputError(
                "the room has other terms than the Case", place=place, found=one, expected=other
            )


def _difference(name: str, found: Any, expected: Any) -> tuple[str, str, str]:
    """Return where two values differ first, and both there, in short."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *found):
            one, other = found.get(key), expected.get(key)
            if one != other:
                return _difference(f"{name}.{key}", one, other)
    return name, repr(found)[:80], repr(expected)[:80]
