"""Common models of rooms that wait for one: solved once, put on the table, tried again if lost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from comity.core.database import Unavailable
from comity.core.web.logs import event, failure
from comity.rooms.protocol.desk import Desk
from comity.rooms.service.book import Damaged, NoRoom
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.workers import Workers

PAUSE = 1.0
"""Seconds until a solution is offered to the database again."""


class Solving:
    """What is being solved; one task per room and phase.

    Whoever opened rooms shares one turn at the workers, with however many of them wait.
    """

    def __init__(self, workers: Workers, rooms: Rooms) -> None:
        self.workers = workers
        self.rooms = rooms
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}

    def start(self, desk: Desk) -> None:
        """Solve for a room, unless that is being done."""
        room = desk.room
        key = (room.id, room.anchor)
        if key in self._tasks:
            return
        task = asyncio.create_task(self._solve(*key))
        self._tasks[key] = task
        task.add_done_callback(lambda _: self._tasks.pop(key, None))

    async def stop(self) -> None:
        """Drop all that is being done; the clock takes it up again after a restart."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.workers.stop()

    async def _solve(self, room: str, anchor: str) -> None:
        try:
            opener = await self.rooms.in_thread(self.rooms.book.opener, room)
            body = await self.workers.solve(partial(self._job, room, anchor), opener)
            while not await self._offer(room, anchor, body):
                await asyncio.sleep(PAUSE)
        except NoRoom:
            return
        except Exception as error:  # noqa: BLE001 - nobody waits for this; the clock tries again
            failure("a room could not be solved", error)

    async def _job(self, room: str, anchor: str) -> dict[str, Any] | None:
        """Return what is to be solved for a room, or ``None`` where its time has passed."""
        found = (await self.rooms.desk(room)).room
        deadline = found.deadline
        if found.anchor != anchor or deadline is None or deadline < self.rooms.book.clock():
            return None
        return {"terms": dict(found.terms.data), "opened": found.opened, "round": found.round}

    async def _offer(self, room: str, anchor: str, body: Mapping[str, Any] | None) -> bool:
        """Return whether nothing is left to do for a solution."""
        try:
            await self.rooms.propose(room, anchor, body)
        except (NoRoom, Damaged):
            return True
        except Unavailable:
            event("error", "the database did not take a solution")
            return False
        return True
