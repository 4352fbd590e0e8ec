"""Only one program sends at a time, and whether one does is known even after a crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.core.errors import InputError

LOCK = "sending.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the right to send the issues of a folder.

    The lock is one that the system takes back from a program that dies: an exclusive transaction
    on a database of its own, which SQLite knows on every system.

    Raises `InputError` where another program is sending.
    """
    connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise InputError("another program is sending", file=str(folder)) from error
    try:
        yield
    finally:
        connection.close()
