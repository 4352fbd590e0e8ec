"""Worker processes that solve common models, and what becomes of those that die."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from comity.rooms.service.metrics import Metrics
from comity.rooms.service.turns import Turns

MODULE = "comity.rooms.service.solver"
START_SECONDS = 60.0
LONGEST_ANSWER = 64_000_000
TRIES = 2
"""A job is given to a second process where the first one dies; then it is given up."""

ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)

Ask = Callable[[], Awaitable[Mapping[str, Any] | None]]
"""Gives a job once it can begin, or ``None`` where it is not wanted any more."""


class Died(Exception):
    """A worker that gave no answer: it crashed, was killed, or ran out of time."""


class Worker:
    """One process, begun at its first job.

    Parameters
    ----------
    seconds, most : time and memory of each job.
    module : what the process runs.
    """

    def __init__(self, seconds: float, most: int, module: str = MODULE) -> None:
        self.seconds = seconds
        self.most = most
        self.module = module
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Have a process that waits for a job."""
        if self.process is not None and self.process.returncode is None:
            return
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.module, str(self.seconds), str(self.most)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LONGEST_ANSWER,
            env={**os.environ, **ONE_THREAD},
        )
        await self._answer(START_SECONDS)

    async def run(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a job; raise `Died` where there is none."""
        await self.start()
        assert self.process is not None
        assert self.process.stdin is not None
        line = await asyncio.to_thread(json.dumps, job)
        try:
            self.process.stdin.write(line.encode() + b"\n")
            await self.process.stdin.drain()
        except OSError as error:
            await self.stop()
            raise Died from error
        except asyncio.CancelledError:
            # What has been sent would be answered to whoever asks next.
            await self.stop()
            raise
        return await self._answer(self.seconds)

    async def stop(self) -> None:
        """Kill the process."""
        process, self.process = self.process, None
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        # Reads to the end, which also closes the pipes.
        await process.communicate()

    async def _answer(self, seconds: float) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        try:
            line = await asyncio.wait_for(self.process.stdout.readline(), seconds)
            answer: dict[str, Any] = await asyncio.to_thread(json.loads, line)
        except (TimeoutError, ValueError) as error:
            await self.stop()
            raise Died from error
        except asyncio.CancelledError:
            await self.stop()
            raise
        return answer


class Workers:
    """So many processes, which jobs get in turn.

    The clock of a job starts when it has a process: how long it waited for one does not count.

    Parameters
    ----------
    count : processes.
    seconds, most : time and memory of each job.
    module : what the processes run.
    tries : how many processes a job may wear out.
    """

    def __init__(
        self,
        count: int,
        seconds: float,
        most: int,
        metrics: Metrics,
        module: str = MODULE,
        tries: int = TRIES,
    ) -> None:
        self.metrics = metrics
        self.tries = tries
        self.all = [Worker(seconds, most, module) for _ in range(count)]
        self._turns = Turns(self.all)

    async def solve(self, ask: Ask, group: str = "") -> dict[str, Any] | None:
        """Return the body of a proposal, or ``None`` where none can be found or is wanted.

        Parameters
        ----------
        ask : gives the job; nothing is kept of it while it waits.
        group : whose job it is; groups take turns, and one that dies waits for another turn.
        """
        for _ in range(self.tries):
            async with self._turns.turn(group) as worker:
                job = await ask()
                if job is None:
                    return None
                begun = time.monotonic()
                try:
                    answer = await worker.run(job)
                except Died:
                    self.metrics.count("comity_solutions_total", result="died")
                    continue
            self.metrics.time("comity_solve_seconds", time.monotonic() - begun)
            result = "solved" if "body" in answer else "failed"
            self.metrics.count("comity_solutions_total", result=result)
            return answer.get("body")
        return None

    async def warm(self) -> None:
        """Start all processes before there is a job."""
        await asyncio.gather(*(self._warm() for _ in self.all))

    async def _warm(self) -> None:
        async with self._turns.turn("") as worker:
            try:
                await worker.start()
            except Died:
                self.metrics.count("comity_solutions_total", result="died")

    async def stop(self) -> None:
        """Kill all processes."""
        for worker in self.all:
            await worker.stop()
