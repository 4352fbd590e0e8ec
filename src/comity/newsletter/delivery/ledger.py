"""Who is to get an issue, and what became of each mail, written before it can be forgotten.

A mail is *claimed* on the disk before its first word is sent, and *settled* when the relay has
answered. Who waits cannot have got it and will; who is settled is not mailed again. Where the
program dies in between, the mail stays claimed: the relay may have taken it or not. The next
run calls it *unknown*, and does not repeat it unless somebody knows better.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    case,
    exists,
    func,
    insert,
    select,
    update,
)

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import Address, parse
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.readers import Standing
from comity.newsletter.delivery.suppression import suppressed
from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.store.tables.delivery import LEDGER, READERS, SENDINGS


class State(StrEnum):
    """How far a mail got."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Its reader left before it went."""
    EMPTY = "empty"
    """Its reader wants none of the issue's categories."""
    GIVEN_UP = "given up"
    """Unknown, and the editor decided not to repeat it."""


OPEN = (State.WAITING, State.CLAIMED, State.UNKNOWN)
"""States in which an issue is not finished."""


@dataclass(frozen=True, slots=True)
class Job:
    """A mail that waits."""

    to: Recipient
    without: frozenset[str]
    tries: int
    due: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """A mail of which nobody knows whether the relay took it."""

    reader: str
    address: Address | None
    """Nothing where the reader was forgotten since."""
    time: float
    """When it was claimed, seconds since 1970."""


@dataclass(frozen=True)
class Ledger:
    """The mails of one issue.

    Parameters
    ----------
    clock : seconds since 1970.
    """

    engine: Engine = field(repr=False)
    issue: int
    clock: Callable[[], float] = time.time

    def begin(self, digest: str, secret: Secret, now: datetime) -> str:
        """Write down who is to get the issue, unless that was done before.

        Returns the digest of the words that the sending began with.
        """
        standing = select(SENDINGS.c.digest).where(SENDINGS.c.issue == self.issue)
        with transaction(self.engine, writes=True) as connection:
            begun = connection.scalar(standing)
            if begun is not None:
                return str(begun)
            row = {"issue": self.issue, "begun": now.isoformat(timespec="seconds")}
            connection.execute(insert(SENDINGS).values(row | {"digest": digest}))
            rows = [
                {"issue": self.issue, "reader": name, "place": place, "state": State.WAITING.value}
                for place, name in enumerate(recipients(connection, secret))
            ]
            if rows:
                connection.execute(insert(LEDGER), rows)
        return digest

    def digest(self) -> str | None:
        """Return the digest of the words that the sending began with, if it did."""
        query = select(SENDINGS.c.digest).where(SENDINGS.c.issue == self.issue)
        with transaction(self.engine, writes=False) as connection:
            found: str | None = connection.scalar(query)
            return found

    def begun(self) -> datetime | None:
        """Return when the sending began, if it did: readers have the issue as it was then."""
        query = select(SENDINGS.c.begun).where(SENDINGS.c.issue == self.issue)
        with transaction(self.engine, writes=False) as connection:
            found: str | None = connection.scalar(query)
            return datetime.fromisoformat(found) if found else None

    def counts(self) -> dict[State, int]:
        """Return how many mails are in each state."""
        query = select(LEDGER.c.state, func.count()).where(LEDGER.c.issue == self.issue)
        with transaction(self.engine, writes=False) as connection:
            found: dict[str, int] = dict(connection.execute(query.group_by(LEDGER.c.state)).all())
        return {state: found.get(state.value, 0) for state in State}

    def waiting(self) -> list[Job]:
        """Return the mails that wait, in order; those whose reader left are closed."""
        with transaction(self.engine, writes=True) as connection:
            self._withdraw(connection)
            rows = connection.execute(self._jobs().order_by(LEDGER.c.place)).all()
        return [_job(row) for row in rows]

    def still(self, connection: Connection, reader: str) -> Job | None:
        """Return the mail of a reader as it is to be made now, within a transaction.

        Nothing where it does not wait any more; it is closed where its reader left.
        """
        self._withdraw(connection)
        row = connection.execute(self._jobs().where(LEDGER.c.reader == reader)).one_or_none()
        return None if row is None else _job(row)

    def claim(self, connection: Connection, reader: str, without: frozenset[str]) -> bool:
        """Claim a mail, within a transaction; return whether it may go.

        It may not where its reader wants other categories left out by now than ``without``.
        """
        wanted = connection.scalar(select(READERS.c.without).where(READERS.c.id == reader))
        if wanted is None or frozenset(json.loads(wanted)) != without:
            return False
        mine = (LEDGER.c.state == State.WAITING.value) & _reads(reader)
        values = {"state": State.CLAIMED.value, "time": self.clock()}
        step = update(LEDGER).where(self._is(reader), mine).values(values)
        return connection.execute(step).rowcount == 1

    def defer(
        self, connection: Connection, reader: str, tries: int, words: str, due: float
    ) -> None:
        """Let a mail that the relay did not take wait, within a transaction."""
        values = {"state": State.WAITING.value, "tries": tries, "due": due}
        values |= {"words": _of_known(reader, words)}
        here = self._is(reader) & LEDGER.c.state.in_((State.WAITING, State.CLAIMED))
        connection.execute(update(LEDGER).where(here).values(values | {"time": self.clock()}))

    def settle(self, connection: Connection, reader: str, state: State, words: str = "") -> None:
        """Write what became of a mail that is open, within a transaction."""
        values = {"state": state.value, "words": _of_known(reader, words), "time": self.clock()}
        here = self._is(reader) & LEDGER.c.state.in_(OPEN)
        connection.execute(update(LEDGER).where(here).values(values))

    def find_unknown(self) -> list[Unknown]:
        """Call unknown what a dead run has claimed, and return all that is unknown.

        Only for who alone sends: see `comity.newsletter.delivery.turns`.
        """
        claimed = (LEDGER.c.issue == self.issue) & (LEDGER.c.state == State.CLAIMED.value)
        query = (
            select(LEDGER.c.reader, LEDGER.c.time, READERS.c.address)
            .join(READERS, READERS.c.id == LEDGER.c.reader, isouter=True)
            .where(LEDGER.c.issue == self.issue, LEDGER.c.state == State.UNKNOWN.value)
            .order_by(LEDGER.c.place)
        )
        with transaction(self.engine, writes=True) as connection:
            connection.execute(update(LEDGER).where(claimed).values(state=State.UNKNOWN.value))
            rows = connection.execute(query).all()
        return [
            Unknown(row.reader, parse(row.address) if row.address else None, row.time)
            for row in rows
        ]

    def decide(self, readers: Iterable[str], state: State, words: str) -> None:
        """Move unknown mails to another state."""
        with transaction(self.engine, writes=True) as connection:
            for reader in readers:
                self.settle(connection, reader, state, words)

    def sent_about(self, moment: float, most: int = 100) -> list[tuple[int, str, float]]:
        """Return issue, reader and time of mails of any issue that were sent.

        The last ones before a moment, and the first ones since.
        """
        query = select(LEDGER.c.issue, LEDGER.c.reader, LEDGER.c.time)
        sent = query.where(LEDGER.c.state == State.SENT.value).limit(most)
        before = sent.where(LEDGER.c.time < moment).order_by(LEDGER.c.time.desc())
        since = sent.where(LEDGER.c.time >= moment).order_by(LEDGER.c.time)
        with transaction(self.engine, writes=False) as connection:
            rows = [*connection.execute(before), *connection.execute(since)]
        return [(row.issue, row.reader, row.time) for row in rows]

    def refused(self) -> list[tuple[Address | None, str]]:
        """Return the addresses that the relay refused, with its words."""
        query = (
            select(READERS.c.address, LEDGER.c.words)
            .select_from(LEDGER)
            .join(READERS, READERS.c.id == LEDGER.c.reader, isouter=True)
            .where(LEDGER.c.issue == self.issue, LEDGER.c.state == State.REFUSED.value)
            .order_by(LEDGER.c.place)
        )
        with transaction(self.engine, writes=False) as connection:
            return [(parse(a) if a else None, words) for a, words in connection.execute(query)]

    def retry_refused(self) -> None:
        """Let what the relay refused wait again."""
        here = (LEDGER.c.issue == self.issue) & (LEDGER.c.state == State.REFUSED.value)
        values = {"state": State.WAITING.value, "tries": 0, "due": 0.0}
        with transaction(self.engine, writes=True) as connection:
            connection.execute(update(LEDGER).where(here).values(values))

    def finish(self, now: datetime) -> bool:
        """Record that nothing is open, and return whether that is so."""
        left = exists().where(LEDGER.c.issue == self.issue, LEDGER.c.state.in_(OPEN))
        step = update(SENDINGS).where(SENDINGS.c.issue == self.issue, ~left)
        finished = func.coalesce(
            func.nullif(SENDINGS.c.finished, ""), now.isoformat(timespec="seconds")
        )
        with transaction(self.engine, writes=True) as connection:
            return connection.execute(step.values(finished=finished)).rowcount == 1

    def _jobs(self) -> Select[Any]:
        return (
            select(LEDGER, READERS)
            .join(READERS, READERS.c.id == LEDGER.c.reader)
            .where(LEDGER.c.issue == self.issue, LEDGER.c.state == State.WAITING.value)
            .where(READERS.c.state == Standing.READING.value)
        )

    def _is(self, reader: str) -> ColumnElement[bool]:
        return (LEDGER.c.issue == self.issue) & (LEDGER.c.reader == reader)

    def _withdraw(self, connection: Connection) -> None:
        gone = ~exists().where(
            READERS.c.id == LEDGER.c.reader, READERS.c.state == Standing.READING.value
        )
        waits = (LEDGER.c.issue == self.issue) & (LEDGER.c.state == State.WAITING.value)
        values = {"state": State.WITHDRAWN.value, "time": self.clock()}
        connection.execute(update(LEDGER).where(waits, gone).values(values))


def _job(row: Row[Any]) -> Job:
    to = Recipient(row.reader, parse(row.address), row.name)
    return Job(to, frozenset(json.loads(row.without)), row.tries, row.due)


def recipients(connection: Connection, secret: Secret) -> list[str]:
    """Return the ids of all who are to be mailed now, their domains by turns."""
    silent = suppressed(connection)
    query = select(READERS.c.id, READERS.c.key).order_by(READERS.c.key)
    rows = connection.execute(query.where(READERS.c.state == Standing.READING.value))
    by_domain: dict[str, deque[str]] = defaultdict(deque)
    for reader, key in rows:
        if secret.hide(key) not in silent:
            by_domain[key.rpartition("@")[2]].append(reader)
    queues = deque(by_domain.values())
    ordered = []
    while queues:
        queue = queues.popleft()
        ordered.append(queue.popleft())
        if queue:
            queues.append(queue)
    return ordered


def _of_known(reader: str, words: str) -> ColumnElement[str]:
    """Return the words of a relay, or none of somebody forgotten, whom they may name."""
    return case((exists().where(READERS.c.id == reader), words), else_="")


def _reads(reader: str) -> ColumnElement[bool]:
    return exists().where(READERS.c.id == reader, READERS.c.state == Standing.READING.value)
