"""Mailing an issue: several connections take waiting mails from one queue until none is left.

Each step that matters is on the disk before the next begins: claim, words, answer, settlement.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import uniform
from typing import TYPE_CHECKING

from comity.core.errors import ComityError
from comity.newsletter.delivery.books import Books
from comity.newsletter.delivery.ledger import Job, Ledger, State
from comity.newsletter.delivery.letters import Letter
from comity.newsletter.delivery.line import WAITS, Line, Unreachable
from comity.newsletter.delivery.mailer import Outcome, Result, hand_over
from comity.newsletter.delivery.pace import Pace

if TYPE_CHECKING:
    import aiosmtplib
    from sqlalchemy import Connection

BACKOFF = (300.0, 600.0, 1200.0, 2400.0, 3600.0, 7200.0, 14400.0)
"""Seconds before each new trial of a mail that the relay does not take for now: about 8 hours.

Grey lists let a mail in after some minutes (RFC 6647, 2.1).
"""
MOST_REFUSALS = 25
"""Mails in a row after which a run stops: the relay then means us, not the readers."""
RESTS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0)
"""Seconds to rest after each time in a row that the relay closed the line; then the run stops.

A relay may close the line after some mails as a matter of course: the first is no reason to rest.
Of each, between a half and all is taken, so that connections do not come back together.
"""
MOST_LOSSES_EACH = 3
"""Times that the line may be lost by one mail; it then waits as one that is not taken for now."""
AGAIN = "the same command later: it goes on where this one stopped"
ENDS = {
    Result.TAKEN: State.SENT,
    Result.REFUSED: State.REFUSED,
    Result.UNKNOWN: State.UNKNOWN,
}
WATCH_SECONDS = 0.5
"""How often a run that only waits looks whether it is to stop."""


class Stopped(ComityError):
    """A run ended before its time; nothing was lost, and the same command goes on."""


@dataclass
class Sender:
    """One run.

    Parameters
    ----------
    compose : makes the mail of a job, or ``None`` where its reader wants nothing of the issue.
    waits : seconds before each new trial to reach the relay.
    rests : seconds after each time in a row that the relay closed the line.
    may : asked before each mail, within the transaction that claims it, whether it may go still.
    refused : told of each reader whom the relay refuses, within the transaction that settles it.
    tell : called with the number of mails that are done, and of all that the run has.
    """

    ledger: Ledger
    compose: Callable[[Job], Letter | None]
    dial: Callable[[], aiosmtplib.SMTP]
    pace: Pace
    connections: int = 4
    backoff: tuple[float, ...] = BACKOFF
    may: Callable[[Connection, Job], bool] = lambda connection, job: True
    refused: Callable[[Connection, Job, Outcome], None] = lambda connection, job, outcome: None
    tell: Callable[[int, int], None] = lambda done, total: None
    waits: tuple[float, ...] = WAITS
    rests: tuple[float, ...] = RESTS
    clock: Callable[[], float] = time.time
    _queue: list[tuple[float, int, Job]] = field(default_factory=list, init=False, repr=False)
    _places: Iterator[int] = field(default_factory=count, init=False, repr=False)
    _done: int = field(default=0, init=False)
    _total: int = field(default=0, init=False)
    _working: int = field(default=0, init=False)
    """Connections that are at work."""
    _refusals: int = field(default=0, init=False)
    _losses: int = field(default=0, init=False)
    _lost_by: Counter[str] = field(default_factory=Counter, init=False, repr=False)

    def __post_init__(self) -> None:
        self._stop = asyncio.Event()
        self._books = Books(self.ledger.engine)

    def stop(self) -> None:
        """End the run after the mails that are on their way."""
        self._stop.set()

    async def run(self) -> None:
        """Mail all that waits.

        Raises `Stopped`, or what made it impossible to go on; the ledger is right in any case.
        """
        jobs = self.ledger.waiting()
        self._queue = [(job.due, next(self._places), job) for job in jobs]
        heapq.heapify(self._queue)
        self._total = len(jobs)
        self._working = max(1, min(self.connections, len(jobs)))
        workers = [self._work() for _ in range(self._working)]
        ends = await asyncio.gather(*workers, return_exceptions=True)
        failures = [end for end in ends if isinstance(end, BaseException)]
        # What stopped the run first made the others stop.
        for failure in failures:
            if not isinstance(failure, Stopped):
                raise failure
        for failure in failures:
            raise failure

    async def _work(self) -> None:
        line = Line(self.dial, self._pause, self.waits)
        try:
            # Before a mail is taken from the queue: whoever is not let in keeps none from others.
            await line.smtp()
            while (job := await self._next()) is not None:
                await self._mail(line, job)
        except Unreachable:
            # The relay may allow fewer connections; while one is left, the run goes on by that.
            if self._working == 1 and self._queue:
                self.stop()
                raise
        except BaseException:
            self.stop()
            raise
        finally:
            self._working -= 1
            await line.close()

    async def _next(self) -> Job | None:
        """Return a mail whose time has come, or ``None`` where there is none or the run ends."""
        while self._queue and not self._stop.is_set():
            wait = self._queue[0][0] - self.clock()
            if wait <= 0:
                return heapq.heappop(self._queue)[2]
            await self._pause(min(wait, WATCH_SECONDS))
        return None

    async def _mail(self, line: Line, job: Job) -> None:
        letter = self.compose(job)
        if letter is None:
            await self._leave_out(job)
            return
        await self._pause(self.pace.wait(job.to.address.domain))
        if self._stop.is_set():
            return
        try:
            smtp = await line.smtp()
        except Unreachable:
            self._put(job)
            raise
        outcome = await hand_over(
            smtp, letter, lambda: self._books.write(lambda c: self._claim(c, job))
        )
        await self._enter(job, outcome)

    def _claim(self, connection: Connection, job: Job) -> bool:
        """Claim a mail as its reader wants it now; close it where they are to get none."""
        if not self.may(connection, job):
            self.ledger.settle(connection, job.to.reader, State.WITHDRAWN)
            return False
        return self.ledger.claim(connection, job.to.reader, job.without)

    async def _enter(self, job: Job, outcome: Outcome) -> None:
        """Write what became of a mail, and see whether to go on."""
        words = f"{outcome.code} {outcome.words}".strip() if outcome.code else outcome.words
        if outcome.result == Result.DROPPED:
            await self._look_again(job)
        elif outcome.result in ENDS:
            await self._settle(job, ENDS[outcome.result], words, outcome)
        else:
            await self._again(job, outcome, words)
        await self._judge(outcome, words)

    async def _leave_out(self, job: Job) -> None:
        """Close a mail that holds nothing for its reader, unless they want something by now."""

        def step(connection: Connection) -> bool:
            left_out = self.ledger.claim(connection, job.to.reader, job.without)
            if left_out:
                self.ledger.settle(connection, job.to.reader, State.EMPTY)
            return left_out

        if await self._books.write(step):
            self._step()
        else:
            await self._look_again(job)

    async def _look_again(self, job: Job) -> None:
        """Put a mail that was not claimed back, made anew, unless its reader is to get none."""
        fresh = await self._books.write(lambda c: self.ledger.still(c, job.to.reader))
        if fresh is None:
            self._step()
        else:
            self._put(fresh)

    def _put(self, job: Job) -> None:
        heapq.heappush(self._queue, (job.due, next(self._places), job))

    async def _settle(
        self, job: Job, state: State, words: str = "", outcome: Outcome | None = None
    ) -> None:
        reader = job.to.reader

        def step(connection: Connection) -> None:
            self.ledger.settle(connection, reader, state, words)
            if state == State.REFUSED and outcome is not None:
                self.refused(connection, job, outcome)

        await self._books.write(step)
        self._step()

    async def _again(self, job: Job, outcome: Outcome, words: str) -> None:
        """Put a mail that was not taken back into the queue, or give up after the last trial."""
        self._lost_by[job.to.reader] += outcome.result == Result.CLOSED
        counts = outcome.result == Result.LATER or self._lost_by[job.to.reader] >= MOST_LOSSES_EACH
        tries = job.tries + counts
        if tries > len(self.backoff):
            await self._settle(job, State.REFUSED, f"tried {tries} times; {words}", outcome)
            return
        due = self.clock() + self.backoff[tries - 1] if counts else 0.0
        reader = job.to.reader
        await self._books.write(lambda c: self.ledger.defer(c, reader, tries, words, due))
        self._put(Job(job.to, job.without, tries, due))

    async def _judge(self, outcome: Outcome, words: str) -> None:
        """Rest where the relay closes the line; stop the run where it does not want the sender."""
        if outcome.result == Result.BARRED:
            raise Stopped("the relay takes no mail from this sender", found=words)
        self._refusals = self._refusals + 1 if outcome.result == Result.REFUSED else 0
        lost = outcome.result in (Result.CLOSED, Result.UNKNOWN)
        self._losses = self._losses + 1 if lost else 0
        if self._refusals >= MOST_REFUSALS:
            raise Stopped("the relay refused too many mails in a row", found=words)
        if self._losses > len(self.rests):
            raise Stopped("the relay closed the line too often", found=words, expected=AGAIN)
        if lost:
            await self._pause(self.rests[self._losses - 1] * uniform(0.5, 1.0))

    def _step(self) -> None:
        self._done += 1
        self.tell(self._done, self._total)

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until the run is to stop."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return
