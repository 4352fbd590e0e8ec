"""What happens by itself: deadlines, solutions that were lost, erasing.

All of it follows from the database and the time, so a server that was down takes up where it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from comity.core.database import Unavailable
from comity.core.web.logs import event, failure
from comity.rooms.service.book import Damaged, NoRoom
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.settings import Settings
from comity.rooms.service.space import Space

ERASE_EVERY, MEASURE_EVERY = 60, 5
"""Looks at the clock between two times of erasing, and of measuring what is stored."""
SHOWN = 8
"""Digits of a room's name that are logged where it needs care: enough to tell rooms apart."""


class Clock:
    """Looks at all rooms at a steady pace."""

    def __init__(self, rooms: Rooms, settings: Settings, space: Space) -> None:
        self.rooms = rooms
        self.settings = settings
        self.space = space

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        looks = 0
        while True:
            try:
                await self.look(first=looks == 0)
                if looks % ERASE_EVERY == 0:
                    await self.erase()
                if looks % MEASURE_EVERY == 0:
                    await self.rooms.in_thread(self.space.measure)
                looks += 1
            except Unavailable:
                event("error", "the database does not answer")
            except Exception as error:  # noqa: BLE001 - the clock must go on whatever happens
                failure("the clock failed", error)
            await asyncio.sleep(self.settings.tick)

    async def look(self, first: bool = False) -> None:
        """End what is due, and solve what nobody solves.

        At first all rooms that wait for a solution are taken up: whoever was at it may be gone.
        Later only those that have waited too long for another server to be at it still.
        """
        logs = self.rooms.book.logs
        for room in await self.rooms.in_thread(logs.due, self.settings.clock()):
            await self._visit(room, self.rooms.tick)
        patience = 0 if first else 2000 * self.settings.limits.solve_seconds

        async def solve(room: str) -> None:
            desk = await self.rooms.desk(room)
            waited = self.settings.clock() - desk.room.since >= patience
            if desk.room.phase == "solving" and waited:
                self.rooms.solve(desk)

        for room in await self.rooms.in_thread(logs.in_phase, "solving"):
            await self._visit(room, solve)

    async def erase(self) -> None:
        """Erase what was kept long enough."""
        logs = self.rooms.book.logs
        while await self.rooms.in_thread(logs.erase, self.settings.clock()):
            pass

    async def _visit(self, room: str, work: Callable[[str], Awaitable[None]]) -> None:
        """Do something with one room; what is wrong with it must not stop the others."""
        try:
            await work(room)
        except NoRoom:
            return
        except Damaged:
            event("error", "a stored log does not hold together", room=room[:SHOWN])
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - as in `run`
            failure("a room failed", error)
