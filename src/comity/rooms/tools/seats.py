"""Seats that agents hold: each behind a handle that only whoever sat down knows."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio.to_thread

from comity.agreement import make_party
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import Case
from comity.core.errors import InputError, SizeError
from comity.rooms.client.calls import FIRST_PATIENCE, Calls
from comity.rooms.client.chair import Chair
from comity.rooms.client.driving import AsyncDriver
from comity.rooms.client.entering import Guest, enter, own_party
from comity.rooms.client.links import Link
from comity.rooms.client.result import RoomResult, result_of
from comity.rooms.client.steps import Steps
from comity.rooms.tools.standing import proposal_of, result_as_data, standing

T = TypeVar("T")

LONGEST_WAIT = 30.0
IDLE = 24 * 3600.0
"""Seconds after which a seat that nobody uses is forgotten."""


@dataclass
class Held:
    """A seat that is held.

    Attributes
    ----------
    chair : the seat over the network.
    link : its way in.
    used : when it was used last.
    lock : one thing at a time.
    """

    chair: Chair
    link: Link = field(repr=False)
    used: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    result: RoomResult | None = field(default=None, repr=False)


class Seats:
    """All seats of one server of tools.

    Parameters
    ----------
    server : the only server whose links are followed; any where empty.
    most : seats held at once.
    transport : an `httpx` transport in place of sockets.
    clock : seconds since some moment.
    """

    def __init__(
        self,
        server: str = "",
        most: int = 200,
        transport: Any = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.server = server
        self.most = most
        self.transport = transport
        self.clock = clock
        self._held: dict[str, Held] = {}

    async def join(self, link: str, case: Case, name: str | None) -> dict[str, Any]:
        """Sit down, and return the handle of the seat with where the room stands."""
        way = Link.read(link)
        if self.server and way.server != self.server:
            raise InputError(
                "the link is of another server",
                place="link",
                found=way.server,
                expected=self.server,
            )
        self._forget()
        guest = Guest(case, make_party("honest", {}), name)
        chair = await self._drive(way, enter(Calls(FIRST_PATIENCE), guest))
        handle = secrets.token_urlsafe(16)
        held = self._held[handle] = Held(chair, way, self.clock())
        async with held.lock:
            await self._drive(way, chair.move())
            return {"seat": handle, **await self._told(held)}

    async def state(self, handle: str, wait: float = 0.0) -> dict[str, Any]:
        """Return where the room stands, after waiting so long at most for news."""
        held = self._find(handle)
        async with held.lock:
            new = await self._drive(held.link, held.chair.look())
            if held.chair.has_moved:
                # A server may have lost what it took; nothing new is said.
                await self._drive(held.link, held.chair.move())
            if not new and wait > 0 and held.chair.room.phase != "ended":
                await self._drive(held.link, held.chair.wait(min(wait, LONGEST_WAIT)))
            return await self._told(held)

    async def commit(self, handle: str, stated: Case | None) -> dict[str, Any]:
        """Commit to one's own view, or to one's view in another Case."""
        held = self._find(handle)
        async with held.lock:
            await self._in_phase(held, "committing")
            memory, seat = held.chair.memory, held.chair.seat
            if stated is not None and memory.kept(held.chair.witness.place) is None:
                model = own_party(stated, seat.name).model
                if model.frame() != held.chair.room.terms.frame:
                    raise InputError("the report is on another frame", place="report")
                memory.report = report_to_dict(model)
            return await self._move(held)

    async def reveal(self, handle: str) -> dict[str, Any]:
        """Open what was committed to."""
        held = self._find(handle)
        async with held.lock:
            await self._in_phase(held, "revealing")
            return await self._move(held)

    async def answer(self, handle: str, accepts: bool, reasons: tuple[str, ...]) -> dict[str, Any]:
        """Accept the proposal, or refuse it with reasons."""
        held = self._find(handle)
        async with held.lock:
            await self._in_phase(held, "answering")
            if accepts:
                shown = await anyio.to_thread.run_sync(proposal_of, held.chair)
                if shown["faults"]:
                    raise InputError(
                        "the proposal does not follow from the reports", found=shown["faults"][0]
                    )
            await self._drive(held.link, held.chair.answer(accepts, reasons))
            return await self._told(held)

    async def say(self, handle: str, act: str, about: str, text: str) -> dict[str, Any]:
        """Say something to all."""
        held = self._find(handle)
        async with held.lock:
            await self._drive(held.link, held.chair.say(act, about, text))
            return await self._told(held)

    async def leave(self, handle: str, text: str) -> dict[str, Any]:
        """Walk away."""
        held = self._find(handle)
        async with held.lock:
            await self._drive(held.link, held.chair.leave(text))
            return await self._told(held)

    async def log(self, handle: str) -> Mapping[str, Any]:
        """Return the log as this seat has seen it."""
        return self._find(handle).chair.witness.log()

    async def _move(self, held: Held) -> dict[str, Any]:
        await self._drive(held.link, held.chair.move())
        return await self._told(held)

    async def _in_phase(self, held: Held, phase: str) -> None:
        await self._drive(held.link, held.chair.look())
        found = held.chair.room.phase
        if found != phase:
            raise InputError(
                "it is not the time for this", place="phase", found=found, expected=phase
            )

    async def _told(self, held: Held) -> dict[str, Any]:
        """Return where a seat stands after a last look, with what is heavy done in a thread."""
        await self._drive(held.link, held.chair.look())
        held.used = self.clock()
        chair = held.chair
        data = standing(chair)
        if chair.room.phase == "answering":
            data["proposal"] = await anyio.to_thread.run_sync(proposal_of, chair)
        if chair.room.phase == "ended":
            if held.result is None:
                held.result = await anyio.to_thread.run_sync(_result, chair)
            data["result"] = result_as_data(held.result)
        return data

    async def _drive(self, link: Link, steps: Steps[T]) -> T:
        async with AsyncDriver(link.server, link.token, self.transport) as driver:
            return await driver.run(steps)

    def _find(self, handle: str) -> Held:
        held = self._held.get(handle)
        if held is None:
            raise InputError("no such seat", place="seat", expected="what join_room gave")
        return held

    def _forget(self) -> None:
        """Make place for one more seat."""
        now = self.clock()
        over = [key for key, held in self._held.items() if now - held.used > IDLE]
        for key in over:
            del self._held[key]
        ended = [key for key, held in self._held.items() if held.result is not None]
        for key in ended[: max(0, len(self._held) - self.most + 1)]:
            del self._held[key]
        if len(self._held) >= self.most:
            raise SizeError("too many seats are held here", expected=f"at most {self.most}")


def _result(chair: Chair) -> RoomResult:
    seat, room = chair.seat, chair.room
    return result_of(room, seat.party, seat.behaviour, seat.context(room.terms))
