"""Readers: who asked, who confirmed, what they want, and who left.

Nobody becomes a reader without confirming by a link that only their mailbox got, or being on a list
that consented elsewhere, with its source and time. Every act is recorded, and so is nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, exists, func, insert, select, update

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import Address, parse
from comity.newsletter.delivery.consent import WORDING, Act
from comity.newsletter.delivery.headers import one_line
from comity.newsletter.delivery.suppression import Reason, lift, suppress, suppressed
from comity.newsletter.delivery.tokens import Secret, new_id
from comity.newsletter.store.tables.delivery import CONSENTS, LEDGER, READERS, RETURNS

CONFIRM_WITHIN = timedelta(days=14)
"""How long a request stands; whoever has not confirmed by then is erased."""
PATIENCE_SECONDS = 600.0
"""Least time between two mails to confirm to one address; it doubles with each."""
LONGEST_NAME = 100

Clock = Callable[[], datetime]


class Standing(StrEnum):
    """Whether somebody is a reader."""

    ASKED = "asked"
    READING = "reading"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asked for the publication."""

    id: str
    address: Address
    name: str
    standing: Standing
    since: str
    without: frozenset[str] = frozenset()
    """Categories that they do not want."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from."""

    source: str
    """``web``, or the name of a list."""
    network: str = ""
    """As `comity.newsletter.delivery.consent.coarse` leaves it."""
    wording: str = WORDING


def utc() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Readers:
    """The readers of one publication.

    Parameters
    ----------
    engine : of the publication's database.
    secret : the publication's own.
    """

    engine: Engine = field(repr=False)
    secret: Secret = field(repr=False)
    clock: Clock = utc

    def sign_up(self, address: Address, name: str, origin: Origin) -> Reader | None:
        """Record that somebody asked; return who is to be mailed, or ``None`` where it is too soon.

        Somebody who reads already is returned as such: the mail then says so, and the page says
        to all the same.
        """
        now = self.clock()
        with transaction(self.engine, writes=True) as connection:
            erase_stale(connection, now)
            row = _by_key(connection, address.key)
            if row is not None and now.timestamp() < _next_mail(row):
                return None
            reader = self._ask(connection, row, address, one_line(name)[:LONGEST_NAME], now)
            self._record(connection, reader, Act.ASKED, origin)
            return _reader(_by_id(connection, reader))

    def confirm(self, reader: str, origin: Origin) -> Reader | None:
        """Make a reader of whoever asked; return ``None`` where nobody by that id is waiting.

        To confirm twice changes nothing.
        """
        with transaction(self.engine, writes=True) as connection:
            row = _by_id(connection, reader)
            if row is None or row.state == Standing.LEFT:
                return None
            if row.state == Standing.ASKED:
                self._set(connection, reader, Standing.READING, asked=0)
                self._record(connection, reader, Act.CONFIRMED, origin)
                lift(connection, self.secret.hide(row.key))
                # Mail arrives now: what came back before must not stop it again.
                connection.execute(delete(RETURNS).where(RETURNS.c.reader == reader))
            return _reader(_by_id(connection, reader))

    def leave(self, reader: str, origin: Origin) -> None:
        """Stop all mail to a reader at once; to leave twice, or unknown, changes nothing."""
        with transaction(self.engine, writes=True) as connection:
            row = _by_id(connection, reader)
            if row is not None and row.state != Standing.LEFT:
                self._set(connection, reader, Standing.LEFT)
                self._record(connection, reader, Act.LEFT, origin)

    def choose(self, reader: str, without: Iterable[str], origin: Origin) -> None:
        """Record which categories a reader does not want."""
        chosen = json.dumps(sorted(set(without)), ensure_ascii=False)
        with transaction(self.engine, writes=True) as connection:
            step = update(READERS).where(READERS.c.id == reader).values(without=chosen)
            if connection.execute(step).rowcount:
                self._record(connection, reader, Act.CHOSE, origin)

    def add(self, connection: Connection, address: Address, name: str, origin: Origin) -> str:
        """Add somebody who consented elsewhere, within a transaction; return their id."""
        reader = new_id()
        values = {"id": reader, "address": str(address), "key": address.key}
        since = self.clock().isoformat(timespec="seconds")
        standing = {"state": Standing.READING.value, "since": since}
        named = {"name": one_line(name)[:LONGEST_NAME]}
        connection.execute(insert(READERS).values(values | standing | named))
        return reader

    def erase(self, connection: Connection, address: Address) -> bool:
        """Erase a reader with all acts and returns, within a transaction; return whether one was.

        What stays cannot be read back: a keyed digest, so that no list brings the address back,
        and in ledgers that a mail went to somebody, without the words of the relay.
        """
        row = _by_key(connection, address.key)
        if row is not None:
            silent = update(LEDGER).where(LEDGER.c.reader == row.id).values(words="")
            connection.execute(silent)
            connection.execute(delete(READERS).where(READERS.c.id == row.id))
        hidden = self.secret.hide(address.key)
        lift(connection, hidden)
        suppress(connection, hidden, Reason.FORGOTTEN, self.clock())
        return row is not None

    def find(self, reader: str) -> Reader | None:
        """Return a reader by id."""
        with transaction(self.engine, writes=False) as connection:
            row = _by_id(connection, reader)
        return None if row is None else _reader(row)

    def all(self, standing: Standing | None = None) -> list[Reader]:
        """Return readers, those of one standing where one is given, by address."""
        query = select(READERS).order_by(READERS.c.key)
        if standing is not None:
            query = query.where(READERS.c.state == standing.value)
        with transaction(self.engine, writes=False) as connection:
            return [_reader(row) for row in connection.execute(query)]

    def silent(self, readers: Iterable[Reader]) -> dict[str, str]:
        """Return the ids of those who get no mail, whatever their standing, and why."""
        with transaction(self.engine, writes=False) as connection:
            reasons = suppressed(connection)
        hidden = {reader.id: self.secret.hide(reader.address.key) for reader in readers}
        return {one: reasons[digest] for one, digest in hidden.items() if digest in reasons}

    def counts(self) -> dict[str, int]:
        """Return how many there are of each standing."""
        query = select(READERS.c.state, func.count()).group_by(READERS.c.state)
        with transaction(self.engine, writes=False) as connection:
            return {state: int(count) for state, count in connection.execute(query)}

    def record(
        self, connection: Connection, reader: str, act: Act, origin: Origin, time: str
    ) -> None:
        """Record an act at a time of its own, within a transaction."""
        values = {"source": origin.source, "wording": origin.wording, "network": origin.network}
        row = {"reader": reader, "act": act.value, "time": time, **values}
        connection.execute(insert(CONSENTS).values(row))

    def _record(self, connection: Connection, reader: str, act: Act, origin: Origin) -> None:
        self.record(connection, reader, act, origin, self.clock().isoformat(timespec="seconds"))

    def _ask(
        self,
        connection: Connection,
        row: Row[Any] | None,
        address: Address,
        name: str,
        now: datetime,
    ) -> str:
        asked_at = now.timestamp()
        if row is None:
            reader = new_id()
            since = now.isoformat(timespec="seconds")
            values = {"id": reader, "address": str(address), "key": address.key, "name": name}
            times = {"state": Standing.ASKED.value, "since": since, "asked_at": asked_at}
            connection.execute(insert(READERS).values(values | times | {"asked": 1}))
            return reader
        counted = {"asked": row.asked + 1, "asked_at": asked_at}
        if row.state == Standing.LEFT:
            self._set(
                connection, row.id, Standing.ASKED, name=name, address=str(address), **counted
            )
        else:
            connection.execute(update(READERS).where(READERS.c.id == row.id).values(counted))
        return str(row.id)

    def _set(self, connection: Connection, reader: str, standing: Standing, **values: Any) -> None:
        since = self.clock().isoformat(timespec="seconds")
        step = update(READERS).where(READERS.c.id == reader)
        connection.execute(step.values(state=standing.value, since=since, **values))


def tidy(engine: Engine, clock: Clock = utc) -> int:
    """Erase requests that nobody confirmed in time; return how many."""
    with transaction(engine, writes=True) as connection:
        return erase_stale(connection, clock())


def erase_stale(connection: Connection, now: datetime) -> int:
    """Erase who asked and never confirmed, within a transaction; return how many that were.

    Who had left before has left still.
    """
    before = (now - CONFIRM_WITHIN).timestamp()
    stale = (READERS.c.state == Standing.ASKED.value) & (READERS.c.asked_at < before)
    left = exists().where(CONSENTS.c.reader == READERS.c.id, CONSENTS.c.act == Act.LEFT.value)
    values = {"state": Standing.LEFT.value, "asked": 0}
    connection.execute(update(READERS).where(stale, left).values(values))
    return int(connection.execute(delete(READERS).where(stale)).rowcount)


def _next_mail(row: Row[Any]) -> float:
    """Return when an address may be mailed about a request again, seconds since 1970."""
    if not row.asked:
        return 0.0
    return float(row.asked_at) + PATIENCE_SECONDS * 2.0 ** min(row.asked - 1, 10)


def _by_key(connection: Connection, key: str) -> Row[Any] | None:
    return connection.execute(select(READERS).where(READERS.c.key == key)).one_or_none()


def _by_id(connection: Connection, reader: str) -> Any:
    return connection.execute(select(READERS).where(READERS.c.id == reader)).one_or_none()


def _reader(row: Row[Any]) -> Reader:
    """Return the reader of a row."""
    without = frozenset(json.loads(row.without))
    standing = Standing(row.state)
    return Reader(row.id, parse(row.address), row.name, standing, row.since, without)
