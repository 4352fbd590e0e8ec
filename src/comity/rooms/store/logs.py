"""Rooms in the database: the log, what is withheld, and when something is due.

A change names the version of the room that it was made from. It is stored whole or not at all, and
not at all where the room has changed since: two servers, or one that was thought dead, cannot
write two fates of one room. The primary key of the entries says so once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from comity.core.database import Conflict, transaction
from comity.rooms.store.tables import ENTRIES, ROOMS, SESSIONS, TOKENS, WAITING


@dataclass(frozen=True)
class Stored:
    """A room as it is stored.

    Attributes
    ----------
    version : number of its last change.
    entries : its log in order, each entry the text of its JSON.
    waiting : withheld message of each party, likewise.
    opener : who opened it, as it was given to `Logs.create`.
    """

    version: int
    entries: tuple[str, ...]
    waiting: Mapping[str, str]
    opener: str = ""


@dataclass(frozen=True)
class Change:
    """What a step of a room adds to what is stored.

    Attributes
    ----------
    entries : new entries of the log as text, the first at index ``start``.
    waiting : all messages withheld from now on, as text; ``None`` where they are as before.
    phase, deadline : where the room stands; the deadline in milliseconds, or none.
    erase : when it is to be erased, in milliseconds; ``None`` while it runs.
    size : characters of all that is stored of it from now on.
    """

    start: int
    entries: Sequence[str]
    waiting: Mapping[str, str] | None
    phase: str
    deadline: int | None
    erase: int | None = None
    size: int = 0


@dataclass(frozen=True)
class Logs:
    """The rooms of one database."""

    engine: Engine = field(repr=False)

    def create(
        self, room: str, change: Change, tokens: Mapping[str, str | None], opener: str = ""
    ) -> None:
        """Store a new room with the hashes of its tokens and the seat of each, and who opened it.

        Raises `Conflict` where there is such a room already.
        """
        with transaction(self.engine, writes=True) as connection:
            standing = {"version": 1, "opener": opener, **_standing(change)}
            connection.execute(insert(ROOMS).values(id=room, **standing))
            _write(connection, room, change)
            rows = [
                {"hash": key, "room": room, "seat": None if seat is None else json.dumps(seat)}
                for key, seat in tokens.items()
            ]
            connection.execute(insert(TOKENS), rows)

    def version(self, room: str) -> int | None:
        """Return the number of a room's last change, or ``None`` where there is no such room."""
        with transaction(self.engine, writes=False) as connection:
            found: int | None = connection.scalar(_version(room))
            return found

    def versions(self, rooms: Sequence[str]) -> dict[str, int]:
        """Return the versions of those rooms that there are."""
        query = select(ROOMS.c.id, ROOMS.c.version).where(ROOMS.c.id.in_(rooms))
        with transaction(self.engine, writes=False) as connection:
            return dict(connection.execute(query).all())

    def read(self, room: str) -> Stored | None:
        """Return a room as of one moment, or ``None`` where there is no such room."""
        entries = select(ENTRIES.c.data).where(ENTRIES.c.room == room).order_by(ENTRIES.c.index)
        waiting = select(WAITING.c.author, WAITING.c.data).where(WAITING.c.room == room)
        known = select(ROOMS.c.version, ROOMS.c.opener).where(ROOMS.c.id == room)
        with transaction(self.engine, writes=False) as connection:
            row = connection.execute(known).one_or_none()
            if row is None:
                return None
            log = tuple(connection.scalars(entries))
            held = {json.loads(author): data for author, data in connection.execute(waiting)}
        return Stored(row.version, log, held, row.opener)

    def save(self, room: str, version: int, change: Change) -> int:
        """Store a change made from a version of a room; return the new version.

        Raises `Conflict` where the room has changed since or is gone.
        """
        seen = (ROOMS.c.id == room) & (ROOMS.c.version == version)
        step = update(ROOMS).where(seen).values(version=version + 1, **_standing(change))
        with transaction(self.engine, writes=True) as connection:
            if connection.execute(step).rowcount != 1:
                raise Conflict("the room has changed since")
            _write(connection, room, change)
        return version + 1

    def due(self, time: int, most: int = 100) -> list[str]:
        """Return rooms whose deadline has passed, the longest due first."""
        query = select(ROOMS.c.id).where(ROOMS.c.deadline < time).order_by(ROOMS.c.deadline)
        with transaction(self.engine, writes=False) as connection:
            return list(connection.scalars(query.limit(most)))

    def in_phase(self, phase: str, most: int = 1000) -> list[str]:
        """Return rooms that stand in a phase, the soonest due first."""
        query = select(ROOMS.c.id).where(ROOMS.c.phase == phase).order_by(ROOMS.c.deadline)
        with transaction(self.engine, writes=False) as connection:
            return list(connection.scalars(query.limit(most)))

    def phases(self) -> dict[str, int]:
        """Return how many rooms stand in each phase."""
        query = select(ROOMS.c.phase, func.count()).group_by(ROOMS.c.phase)
        with transaction(self.engine, writes=False) as connection:
            return dict(connection.execute(query).all())

    def opened(self, opener: str) -> int:
        """Return how many rooms somebody opened that are still kept."""
        query = select(func.count()).select_from(ROOMS).where(ROOMS.c.opener == opener)
        with transaction(self.engine, writes=False) as connection:
            return connection.scalar(query) or 0

    def sizes(self) -> dict[str, int]:
        """Return how many characters are stored of the rooms of each who opened any."""
        query = select(ROOMS.c.opener, func.sum(ROOMS.c.size)).group_by(ROOMS.c.opener)
        with transaction(self.engine, writes=False) as connection:
            return {opener: int(size) for opener, size in connection.execute(query)}

    def erase(self, time: int, most: int = 100) -> int:
        """Erase rooms that are kept long enough, with all of theirs; return how many."""
        kept = select(ROOMS.c.id).where(ROOMS.c.erase <= time).limit(most)
        with transaction(self.engine, writes=False) as connection:
            rooms = list(connection.scalars(kept))
            stale = connection.scalar(
                select(func.count()).select_from(SESSIONS).where(SESSIONS.c.expires <= time)
            )
        if not rooms and not stale:
            return 0
        with transaction(self.engine, writes=True) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= time))
            connection.execute(delete(ROOMS).where(ROOMS.c.id.in_(rooms)))
        if self.engine.dialect.name == "sqlite":
            self._empty_journal()
        return len(rooms)

    def _empty_journal(self) -> None:
        """Have SQLite's journal hold nothing of what was erased, as far as readers let it."""
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _version(room: str) -> Any:
    return select(ROOMS.c.version).where(ROOMS.c.id == room)


def _standing(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in ("phase", "deadline", "erase", "size")}


def _write(connection: Connection, room: str, change: Change) -> None:
    if change.entries:
        rows = [
            {"room": room, "index": change.start + k, "data": entry}
            for k, entry in enumerate(change.entries)
        ]
        connection.execute(insert(ENTRIES), rows)
    if change.waiting is None:
        return
    connection.execute(delete(WAITING).where(WAITING.c.room == room))
    if change.waiting:
        held = [
            {"room": room, "author": json.dumps(author), "data": message}
            for author, message in change.waiting.items()
        ]
        connection.execute(insert(WAITING), held)
