"""Server-sent events: what is new in a room, as it happens.

Source: WHATWG HTML, "Server-sent events". A reader that comes back says the last entry it saw
(``Last-Event-ID``) and misses nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Any

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from comity.core.errors import ComityError
from comity.core.web.failures import Denied
from comity.rooms.service.metrics import Metrics
from comity.rooms.service.rooms import Rooms, state_of

QUIET_SECONDS = 15.0
"""A comment is sent after so long without news, so that nobody takes the line for dead."""
POLL_SECONDS = 2.0
"""How often the database is asked what other servers changed."""


class Watch:
    """Wakes those who wait for news of a room; told from any thread."""

    def __init__(self) -> None:
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._seen: dict[str, int | None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self, room: str) -> None:
        """Wake all who wait for news of a room."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._ring, room)

    def enter(self, room: str) -> asyncio.Event:
        """Return a bell that rings at news of a room."""
        self._loop = asyncio.get_running_loop()
        bell = asyncio.Event()
        self._bells.setdefault(room, set()).add(bell)
        # Not known yet, so that the first look rings: what came before it is not missed.
        self._seen.setdefault(room, -1)
        return bell

    def leave(self, room: str, bell: asyncio.Event) -> None:
        """Give a bell back."""
        bells = self._bells.get(room, set())
        bells.discard(bell)
        if not bells:
            self._bells.pop(room, None)
            self._seen.pop(room, None)

    async def poll(self, rooms: Rooms) -> None:
        """Wake those whose room another server has changed."""
        watched = list(self._bells)
        if not watched:
            return
        versions = await rooms.in_thread(rooms.book.logs.versions, watched)
        for room in watched:
            version = versions.get(room)
            if room in self._bells and self._seen[room] != version:
                self._seen[room] = version
                self._ring(room)

    def _ring(self, room: str) -> None:
        for bell in self._bells.get(room, ()):
            bell.set()


class Stream(StreamingResponse):
    """A stream of events that counts until it has ended, however that came."""

    def __init__(self, events: AsyncIterator[str], end: Callable[[], None]) -> None:
        super().__init__(events, media_type="text/event-stream")
        self.end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until the reader hangs up or nothing more can come."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.end()


class Streams:
    """Streams of events, at most so many at once, in all and of one address."""

    def __init__(
        self, rooms: Rooms, watch: Watch, metrics: Metrics, *, most: int, most_each: int
    ) -> None:
        self.rooms = rooms
        self.watch = watch
        self.metrics = metrics
        self.most = most
        self.most_each = most_each
        self.open: Counter[str] = Counter()

    def begin(
        self,
        address: str,
        room: str,
        you: str | None,
        start: int,
        owe: Callable[[int], None] = lambda size: None,
    ) -> Stream:
        """Return a stream for somebody at an address; raise `Denied` where too many are open.

        ``owe`` is called with the size of each event.
        """
        self.check(address)
        self._count(address, 1)
        events = counted(self.events(room, you, start), owe)
        return Stream(events, partial(self._count, address, -1))

    def check(self, address: str) -> None:
        """Raise `Denied` where too many streams are open, in all or of one address."""
        if self.open.total() >= self.most:
            raise Denied("rate", "too many streams of events", retry=POLL_SECONDS)
        if self.open[address] >= self.most_each:
            raise Denied("rate", "your address holds too many streams", retry=POLL_SECONDS)

    async def events(self, room: str, you: str | None, start: int) -> AsyncGenerator[str, None]:
        """Yield entries from one on, and where the room stands whenever that changes."""
        bell = self.watch.enter(room)
        told: dict[str, Any] = {}
        try:
            while True:
                bell.clear()
                desk = await self.rooms.desk(room)
                for entry in desk.room.entries[start:]:
                    yield _event("entry", entry.to_dict(), entry.index)
                start = max(start, len(desk.room.entries))
                state = state_of(desk, you)
                if state != told:
                    yield _event("state", state)
                    told = state
                while not await _rings(bell):
                    yield ": still here\n\n"
        except ComityError:
            # The room was erased, or the database is gone: the reader comes back and is told.
            return
        finally:
            self.watch.leave(room, bell)

    def _count(self, address: str, by: int) -> None:
        self.open[address] += by
        if not self.open[address]:
            del self.open[address]
        self.metrics.count("comity_streams", by)


async def counted(
    events: AsyncGenerator[str, None], owe: Callable[[int], None]
) -> AsyncIterator[str]:
    """Yield events, and tell the size of each; close their source at the end."""
    async with aclosing(events):
        async for event in events:
            owe(len(event))
            yield event


async def _rings(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), QUIET_SECONDS)
    except TimeoutError:
        return False
    return True


def _event(name: str, data: Any, number: int | None = None) -> str:
    """Return one event; JSON without line breaks is one line of data."""
    head = "" if number is None else f"id: {number}\n"
    return f"event: {name}\n{head}data: {json.dumps(data, separators=(',', ':'))}\n\n"
