"""The database of a publication: the one place that reads and writes its content."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, delete, event, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.core.database import make_engine, transaction
from comity.core.errors import InputError
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry, Work
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.withholding import Audience
from comity.newsletter.search.found import Filters, Found
from comity.newsletter.store import rows
from comity.newsletter.store.migrating import migrate
from comity.newsletter.store.tables.content import (
    ENTRIES,
    ERRATA,
    ISSUES,
    REPLIES,
    STATE,
    VERSIONS,
    WORKS,
)

DATABASE = "newsletter.db"
SETTINGS = "publication.toml"
OWNER_ONLY = 0o600
MAPPED = 1 << 30
"""Bytes of the file that may be mapped."""
AT_ONCE = 500
"""Entries that one statement names."""
NO_FILTERS = Filters()


@dataclass(frozen=True)
class Store:
    """Everything that one publication keeps.

    Attributes
    ----------
    path : the file of the database.
    engine : connections to it; parts with tables of their own use it with `transaction`.
    """

    path: Path
    engine: Engine = field(repr=False)

    @property
    def folder(self) -> Path:
        """Folder of the publication."""
        return self.path.parent

    @classmethod
    def open(cls, place: str | Path) -> Store:
        """Open the database of a publication's folder, or the file of a database, made if need be.

        Raises `InputError` where the place is no publication, or of a later version.
        """
        path = Path(place)
        if path.is_dir():
            if not (path / SETTINGS).is_file():
                raise InputError(
                    "not the folder of a publication",
                    file=str(path),
                    found=f"no {SETTINGS}",
                    expected="a folder made by comity newsletter init",
                )
            path = path / DATABASE
        elif not path.parent.is_dir():
            raise InputError("no such folder", file=str(path.parent))
        _make_private(path)
        engine = make_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _map)
        with transaction(engine, writes=True) as connection:
            migrate(connection)
        return cls(path, engine)

    def close(self) -> None:
        """Close all connections; ``with`` does it at its end."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self.close()

    def load(self) -> Archive:
        """Return all content as of one moment."""
        with transaction(self.engine, writes=False) as connection:
            return read_archive(connection)

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        limit: int = 20,
        offset: int = 0,
        audience: Audience = "internal",
    ) -> Found:
        """Return the entries of an audience's view that hold all words of a query, best first.

        Any text is a query: what is no word is passed over, words in double quotes stand together,
        and the last word may be unfinished. An empty query finds what passes the filters, the
        latest issue first. The first search after a change brings the index up to date.
        """
        from comity.newsletter.search.searching import search

        return search(self, query, filters, limit=limit, offset=offset, audience=audience)

    def save_entries(self, entries: Iterable[Entry]) -> None:
        """Store entries whole, each in place of the one by its id, if there is one."""
        with transaction(self.engine, writes=True) as connection:
            write_entries(connection, entries)

    def remove_entries(self, ids: Iterable[str]) -> None:
        """Erase entries with their errata and replies."""
        with transaction(self.engine, writes=True) as connection:
            erase_entries(connection, ids)

    def save_issue(self, issue: Issue) -> None:
        """Store an issue whole, in place of the one by its number, if there is one."""
        with transaction(self.engine, writes=True) as connection:
            write_issues(connection, [issue])

    def save_work(self, work: Work) -> None:
        """Store a work with its versions, in place of the one by its id, if there is one."""
        with transaction(self.engine, writes=True) as connection:
            write_works(connection, [work])

    def add_erratum(self, erratum: Erratum) -> None:
        """Store what was corrected in an entry."""
        with transaction(self.engine, writes=True) as connection:
            row = {name: getattr(erratum, name) for name in ("entry", "date", "note", "made")}
            connection.execute(insert(ERRATA).values(row))
            changed(connection)

    def add_reply(self, reply: AuthorReply) -> None:
        """Store a reply that may be published."""
        row = {name: getattr(reply, name) for name in ("entry", "name", "date", "text")}
        with transaction(self.engine, writes=True) as connection:
            connection.execute(insert(REPLIES).values(row))
            changed(connection)


def _map(connection: sqlite3.Connection, _: Any) -> None:
    """Have SQLite read its file as memory, which long rows are read from faster."""
    connection.execute(f"PRAGMA mmap_size={MAPPED}").close()


def _make_private(path: Path) -> None:
    """Make the file if it is missing, for its owner alone: it will hold readers' addresses."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    except OSError as error:
        raise InputError("cannot use the file", file=str(path), found=error.strerror) from error


def now() -> str:
    """Return this moment, ISO 8601 with its zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_archive(connection: Connection) -> Archive:
    """Return all content, within a transaction."""

    def everything(table: Table, *order: str) -> Sequence[Mapping[Any, Any]]:
        query = select(table).order_by(*(table.c[name] for name in order))
        return connection.execute(query).mappings().all()

    versions: dict[str, list[Any]] = {}
    for row in everything(VERSIONS, "work", "place"):
        versions.setdefault(row["work"], []).append(rows.version_of_row(row))
    return Archive(
        entries=tuple(map(rows.entry_of_row, everything(ENTRIES, "position", "row"))),
        issues=tuple(map(rows.issue_of_row, everything(ISSUES, "number"))),
        works=tuple(
            Work(row["id"], row["title"], row["authors"], tuple(versions.get(row["id"], ())))
            for row in everything(WORKS, "id")
        ),
        errata=tuple(
            Erratum(row["entry"], row["date"], row["note"], row["made"])
            for row in everything(ERRATA, "id")
        ),
        replies=tuple(
            AuthorReply(row["entry"], row["name"], row["date"], row["text"])
            for row in everything(REPLIES, "id")
        ),
    )


def write_entries(connection: Connection, entries: Iterable[Entry]) -> None:
    """Store entries, within a transaction."""
    values = [rows.entry_to_row(entry) for entry in entries]
    if values:
        _put(connection, ENTRIES, "id", values)
    changed(connection)


def erase_entries(connection: Connection, ids: Iterable[str]) -> None:
    """Erase entries with their errata and replies, within a transaction."""
    gone = list(ids)
    for table, column in ((ERRATA, "entry"), (REPLIES, "entry"), (ENTRIES, "id")):
        for start in range(0, len(gone), AT_ONCE):
            part = gone[start : start + AT_ONCE]
            connection.execute(delete(table).where(table.c[column].in_(part)))
    changed(connection)


def write_issues(connection: Connection, issues: Iterable[Issue]) -> None:
    """Store issues, within a transaction."""
    if values := [rows.issue_to_row(issue) for issue in issues]:
        _put(connection, ISSUES, "number", values)
    changed(connection)


def write_works(connection: Connection, works: Iterable[Work]) -> None:
    """Store works with their versions, within a transaction."""
    for work in works:
        values = {"id": work.id, "title": work.title, "authors": work.authors}
        _put(connection, WORKS, "id", [values])
        connection.execute(delete(VERSIONS).where(VERSIONS.c.work == work.id))
        for place, version in enumerate(work.versions):
            fields = {name: getattr(version, name) for name in rows.VERSION_FIELDS}
            connection.execute(insert(VERSIONS).values(work=work.id, place=place, **fields))


def changed(connection: Connection) -> None:
    """Count a change of content: the next search brings its index up to date."""
    step = update(STATE).where(STATE.c.name == "content").values(value=STATE.c.value + 1)
    if not connection.execute(step).rowcount:
        connection.execute(insert(STATE).values(name="content", value=1))


def _put(connection: Connection, table: Table, key: str, values: list[dict[str, Any]]) -> None:
    """Insert rows, or overwrite those with the same key, whose other columns stay."""
    statement = upsert(table)
    fresh = {name: statement.excluded[name] for name in values[0] if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=fresh), values)
