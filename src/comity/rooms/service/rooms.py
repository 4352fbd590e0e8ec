"""Rooms for handlers: nothing here blocks the event loop.

The database and the protocol are used from a few threads: both drivers are at their best without
an event loop, SQLite has one writer anyway, and the same code can be driven step by step in tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread

from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.messages import PROTOCOL, Message
from comity.rooms.service.book import Book, Opened, text

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """A message that a room took, or had taken before.

    Attributes
    ----------
    held : whether it waits for the others'.
    entries : length of the log.
    """

    held: bool
    entries: int


class Rooms:
    """The rooms of a server.

    Parameters
    ----------
    threads : how many threads may be in use at once.

    Attributes
    ----------
    solve : called with a room that waits for its common model.
    """

    def __init__(self, book: Book, threads: anyio.CapacityLimiter) -> None:
        self.book = book
        self.threads = threads
        self.solve: Callable[[Desk], object] = lambda desk: None

    async def open(self, message: Message, opener: str = "") -> Opened:
        """Return a new room by the terms in a message."""
        return await self.in_thread(self.book.open, message, opener)

    async def desk(self, room: str) -> Desk:
        """Return a room as it is stored now, to read."""
        return await self.in_thread(self.book.desk, room)

    async def state(self, room: str, you: str | None = None) -> dict[str, Any]:
        """Return where a room stands, as plain JSON."""
        return state_of(await self.desk(room), you)

    async def log(self, room: str, from_: int = 0) -> dict[str, Any]:
        """Return the log as plain JSON, its entries from one on."""
        return await self.in_thread(log_of, self.book, room, from_)

    async def log_text(self, room: str, from_: int = 0) -> str:
        """Return the same as text; logs can be long, and writing them out takes time."""
        return await self.in_thread(lambda: text(log_of(self.book, room, from_)))

    async def take(self, room: str, message: Message) -> Taken:
        """Return what became of a message; raise `Refused` where the room does not take it."""
        desk = await self._step(self.book.take, room, message)
        return Taken(desk.waiting.get(message.author) == message, len(desk.room.entries))

    async def tick(self, room: str) -> None:
        """Do what the room's deadline leads to."""
        await self._step(self.book.tick, room)

    async def propose(self, room: str, anchor: str, body: Mapping[str, Any] | None) -> None:
        """Put a solved common model on the table; none where it could not be solved."""
        await self._step(self.book.propose, room, anchor, body)

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a call returns that may block."""
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self.threads)

    async def _step(self, work: Callable[P, Desk], *args: P.args, **kwargs: P.kwargs) -> Desk:
        desk = await self.in_thread(work, *args, **kwargs)
        if desk.room.phase == "solving":
            self.solve(desk)
        return desk


def log_of(book: Book, room: str, from_: int) -> dict[str, Any]:
    """Return the log of a room as plain JSON, its entries from one on."""
    found = book.desk(room).room
    entries = [entry.to_dict() for entry in found.entries[from_:]]
    return {"protocol": PROTOCOL, "operator": found.operator, "entries": entries}


def state_of(desk: Desk, you: str | None) -> dict[str, Any]:
    """Return where a room stands for one party, as plain JSON."""
    room = desk.room
    return {
        "room": room.id,
        "title": room.terms.data["title"],
        "phase": room.phase,
        "round": room.round,
        "deadline": room.deadline,
        "missing": list(desk.missing),
        "sent": list(desk.waiting),
        "you": you,
        "entries": len(room.entries),
        "head": room.head,
    }
