"""Heavy work in a process of its own, which ends when its time or memory is used up."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from comity.core.errors import InputError, Intractable
from comity.rooms.service.workers import Died, Worker

MODULE = "comity.rooms.tools.heavy"


@dataclass
class Bench:
    """One process; jobs wait for each other.

    Attributes
    ----------
    seconds, memory : what one job may use; memory in bytes.
    """

    seconds: float = 60.0
    memory: int = 2_000_000_000
    _worker: Worker | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, function: str, **job: Any) -> dict[str, Any]:
        """Return the answer of a function of `comity.rooms.tools.heavy`.

        Raises the error it names, and `Intractable` where a limit ended it.
        """
        async with self._lock:
            if self._worker is None:
                self._worker = Worker(self.seconds, self.memory, MODULE)
            try:
                data = await self._worker.run({"function": function, **job})
            except Died as error:
                raise Intractable(
                    "it took too long or too much memory",
                    place=function,
                    expected=f"at most {self.seconds:g} seconds and {self.memory:,} bytes",
                ) from error
        if "error" in data:
            said = data["error"]
            where = {name: said.get(name) for name in ("place", "found", "expected")}
            raise InputError(said["message"], **where)
        found: dict[str, Any] = data["answer"]
        return found

    async def stop(self) -> None:
        """End the process."""
        if self._worker is not None:
            await self._worker.stop()
