"""Few things for many: whoever waits gets one in turn, group by group.

Groups that wait stand in a ring. Each turn serves the group at the head, whose first in line gets
what is free; the group then goes to the end if more of it wait, as does a group that comes. Between
two turns of a group every other one has at most one, so the k-th in a group's line is served after
at most k of each other group, however many those send: round robin (Nagle 1985, RFC 970).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Things that are lent one at a time, of one event loop."""

    def __init__(self, things: Iterable[T]) -> None:
        self._free = deque(things)
        self._lines: OrderedDict[str, deque[asyncio.Future[T]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, group: str) -> AsyncIterator[T]:
        """Yield one of the things, when it is the group's turn."""
        thing = await self._borrow(group)
        try:
            yield thing
        finally:
            self._give(thing)

    async def _borrow(self, group: str) -> T:
        if self._free:
            # Then nobody waits: what is given back goes to the next in line at once.
            return self._free.popleft()
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(group, deque()).append(mine)
        try:
            return await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._give(mine.result())
            raise

    def _give(self, thing: T) -> None:
        while self._lines:
            group, line = self._lines.popitem(last=False)
            waiting = deque(one for one in line if not one.done())
            if waiting:
                waiting.popleft().set_result(thing)
                if waiting:
                    self._lines[group] = waiting
                return
        self._free.append(thing)
