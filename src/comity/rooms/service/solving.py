"""Common models of rooms that wait for one: solved once, put on the table, tried again if lost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from comity.rooms.protocol.desk import Desk
from comity.rooms.service.book import Damaged, NoRoom
from comity.rooms.service.logs import event, failure
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.workers import Workers
from comity.rooms.store.engine import Unavailable

PAUSE = 1.0
"""Seconds until a solution is offered to the database again."""


class Solving:
    """What is being solved; one task per room and phase."""

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
        job = {"terms": dict(room.terms.data), "opened": room.opened, "round": room.round}
        task = asyncio.create_task(self._solve(*key, job))
        self._tasks[key] = task
        task.add_done_callback(lambda _: self._tasks.pop(key, None))

    async def stop(self) -> None:
        """Drop all that is being done; the clock takes it up again after a restart."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.workers.stop()

    async def _solve(self, room: str, anchor: str, job: Mapping[str, Any]) -> None:
        try:
            body = await self.workers.solve(job)
            while not await self._offer(room, anchor, body):
                await asyncio.sleep(PAUSE)
        except Exception as error:  # noqa: BLE001 - nobody waits for this; the clock tries again
            failure("a room could not be solved", error)

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
