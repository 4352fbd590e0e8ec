"""Writing to the database from many tasks at once: what waits together is committed together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from comity.core.database import Unavailable, transaction

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each new trial to write: each trial waits for a locked database by itself."""

T = TypeVar("T")
Step = Callable[[Connection], Any]


class Books:
    """Commits steps in the order in which they come, each batch in one transaction.

    A step whose `write` has returned is on the disk. Where a transaction fails, all its steps do:
    nothing of them is written. A database that does not answer, such as one that another program
    locks, is asked again for about a minute: what a relay has taken must be written down.

    Parameters
    ----------
    waits : seconds before each new trial.
    """

    def __init__(self, engine: Engine, waits: tuple[float, ...] = WAITS) -> None:
        self.engine, self.waits = engine, waits
        self._waiting: list[tuple[Step, asyncio.Future[Any]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, step: Callable[[Connection], T]) -> T:
        """Run a step on a connection, and return what it returned once that is committed."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((step, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        return await future

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                results = await self._written([step for step, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it is
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_, future), result in zip(batch, results, strict=True):
                    # Whoever was cut off waits no longer; what they wrote is written.
                    if not future.done():
                        future.set_result(result)

    async def _written(self, steps: Sequence[Step]) -> list[Any]:
        for wait in self.waits:
            try:
                return await asyncio.to_thread(self._commit, steps)
            except Unavailable:
                await asyncio.sleep(wait)
        return await asyncio.to_thread(self._commit, steps)

    def _commit(self, steps: Sequence[Step]) -> list[Any]:
        with transaction(self.engine, writes=True) as connection:
            return [step(connection) for step in steps]
