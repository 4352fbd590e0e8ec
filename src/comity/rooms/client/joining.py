"""Rooms for programs: open one, join one, to the end; blocking or within an event loop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comity.agreement import PartyBehaviour
from comity.cases import Case, Party
from comity.rooms.client.calls import FIRST_PATIENCE, PATIENCE, Calls
from comity.rooms.client.chair import Watch
from comity.rooms.client.driving import AsyncDriver, Driver
from comity.rooms.client.entering import Guest, enter
from comity.rooms.client.links import Link, server_address
from comity.rooms.client.opening import OpenedRoom, open_steps
from comity.rooms.client.result import RoomResult, result_of
from comity.rooms.client.steps import Steps, Work


def open_room(
    server: str, case: Case, deadlines: Mapping[str, int] | None = None, *, transport: Any = None
) -> OpenedRoom:
    """Return a room at a server, opened with the public part of a Case.

    Parameters
    ----------
    server : its address, ``https://HOST``.
    case : frame, constitution and evidence become the terms; no model leaves this process.
    deadlines : seconds for ``joining``, ``committing``, ``revealing``, ``solving``, ``answering``.
    transport : an `httpx` transport in place of sockets.
    """
    address = server_address(server)
    with Driver(address, transport=transport) as driver:
        return driver.run(open_steps(Calls(FIRST_PATIENCE), address, case, deadlines))


async def open_room_async(
    server: str, case: Case, deadlines: Mapping[str, int] | None = None, *, transport: Any = None
) -> OpenedRoom:
    """Return what `open_room` returns, within an event loop."""
    address = server_address(server)
    async with AsyncDriver(address, transport=transport) as driver:
        return await driver.run(open_steps(Calls(FIRST_PATIENCE), address, case, deadlines))


def join(
    link: str,
    own: Case | Party,
    behaviour: PartyBehaviour | None = None,
    *,
    name: str | None = None,
    state: str | Path | None = None,
    operator: str | None = None,
    watch: Watch | None = None,
    patience: float = PATIENCE,
    transport: Any = None,
) -> RoomResult:
    """Return how a room ended, after taking part in it to the end.

    Parameters
    ----------
    link : the link of the seat.
    own : a Case with one's own view, by whose constitution alone one takes part; or one's own
        entry of a Case, which takes part by whatever the room says.
    behaviour : how it reports and responds; as the Case says, unless given.
    name : who one means to be; a link to another seat is refused.
    state : file that holds the seat's secret and what was sent, readable by its owner alone; with
        it a party goes on after a crash.
    operator : the only key of an operator that it trusts; the first one it meets unless given.
    watch : called with each new entry of the log.
    patience : seconds that a server is tried again which does not answer; 20 at most at first.
    transport : an `httpx` transport in place of sockets.

    Raises `InputError` where link, Case or state do not fit the room, `Unreachable` where the
    server does not answer, and `Untrusted` where the operator lies, with what it showed.
    """
    seat, guest = Link.read(link), Guest(own, behaviour, name, state, operator, watch)
    with Driver(seat.server, seat.token, transport) as driver:
        return driver.run(take_part(Calls(patience), guest))


async def join_async(
    link: str,
    own: Case | Party,
    behaviour: PartyBehaviour | None = None,
    *,
    name: str | None = None,
    state: str | Path | None = None,
    operator: str | None = None,
    watch: Watch | None = None,
    patience: float = PATIENCE,
    transport: Any = None,
) -> RoomResult:
    """Return what `join` returns, within an event loop; heavy work is done in threads."""
    seat, guest = Link.read(link), Guest(own, behaviour, name, state, operator, watch)
    async with AsyncDriver(seat.server, seat.token, transport) as driver:
        return await driver.run(take_part(Calls(patience), guest))


def take_part(calls: Calls, guest: Guest) -> Steps[RoomResult]:
    """Sit down, take part to the end, and return how it ended."""
    chair = yield from enter(calls, guest)
    room = yield from chair.play()
    seat = chair.seat
    context = seat.context(room.terms)
    answer = yield Work(lambda: result_of(room, seat.party, seat.behaviour, context))
    found: RoomResult = answer.data
    return found
