"""Connections to SQLite or PostgreSQL, and what their failures mean.

A commit that has returned is on the disk: SQLite runs with ``synchronous=FULL``, PostgreSQL does so
by itself. A failure is either a conflict, after which one reads again, or the store being out of
reach, full or locked, after which nothing is known to be written and nothing must be acknowledged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from comity.core.errors import ComityError, InputError

EXPECTED = "sqlite:///FILE or postgresql://USER@HOST/NAME"
POOL = 16
"""Connections that one process keeps."""
BUSY_SECONDS = 10.0
SERIALIZATION = {"40001", "40P01"}
"""PostgreSQL's codes for a transaction that lost against another one."""
DAMAGED = "no database, or damaged; restore a backup"
SQLITE_SAYS = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing was written",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""What SQLite's primary result codes mean to whoever runs the server."""
PRIMARY = 0xFF
"""Bits of a result code that are the primary one: https://www.sqlite.org/rescode.html."""

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
}


class Unavailable(ComityError):
    """The store is out of reach, full or locked; nothing is acknowledged."""


class Conflict(ComityError):
    """Somebody else changed the same thing first."""


def make_engine(database: str) -> Engine:
    """Return an engine for ``sqlite:///PATH`` or ``postgresql://...``.

    Raises `InputError` for any other database.
    """
    url = _url(database)
    settings: dict[str, Any] = {"pool_size": POOL, "max_overflow": 0, "pool_timeout": 30}
    if url.get_backend_name() == "sqlite":
        # Threads take turns with a connection; none is used by two at once.
        arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(url, connect_args=arguments, hide_parameters=True, **settings)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    arguments = {"connect_timeout": int(BUSY_SECONDS)}
    return create_engine(
        url, connect_args=arguments, hide_parameters=True, pool_pre_ping=True, **settings
    )


def _url(database: str) -> URL:
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise InputError(
            "not the URL of a database", place="database", expected=EXPECTED
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise InputError(
        "not a database that is known here",
        place="database",
        found=url.drivername,
        expected=EXPECTED,
    )


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Leave transactions to us, and set what SQLite should promise."""
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").close()


def _begin(connection: Connection) -> None:
    """Take SQLite's one write lock at the start, so that no reader has to turn into a writer."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """Yield a connection in one transaction; raise `Conflict` or `Unavailable` where it fails.

    A transaction that only reads sees the database as of one moment.
    """
    options: dict[str, Any] = {"writes": writes}
    if engine.dialect.name == "postgresql" and not writes:
        options["isolation_level"] = "REPEATABLE READ"
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection
    except IntegrityError as error:
        raise Conflict("another change came first") from error
    except SQLAlchemyError as error:
        if _is_lost_race(error):
            raise Conflict("another change came first") from error
        raise _unavailable(engine, error) from error


def _is_lost_race(error: SQLAlchemyError) -> bool:
    code = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return code in SERIALIZATION


def _unavailable(engine: Engine, error: SQLAlchemyError) -> Unavailable:
    """Return what a failure means; of a file that is full or damaged, which one it is."""
    cause = getattr(error, "orig", None) or error
    said = SQLITE_SAYS.get(getattr(cause, "sqlite_errorcode", 0) & PRIMARY)
    if said:
        return Unavailable(said, file=engine.url.database)
    return Unavailable("the database does not answer", place="database", found=type(cause).__name__)
