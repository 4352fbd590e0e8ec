"""Copies of a database that are whole at one moment, made while others write.

Source: SQLite, "Online Backup API".
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from comity.core.database import Unavailable
from comity.core.errors import InputError
from comity.newsletter.store.store import Store

OWNER_ONLY = 0o600
"""A copy holds readers' addresses."""


def back_up(store: Store, file: str | Path) -> int:
    """Copy a database to a new file that only its owner reads; return the size of the copy.

    The copy is made beside the file and given its name once SQLite has found it sound.

    Raises `InputError` where something is there already or the place cannot be written, and
    `Unavailable` where the copy is not sound.
    """
    target = Path(file)
    if target.exists():
        raise InputError("a file is there already", file=str(target), expected="a new name")
    part = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ONLY))
        _copy(store.path, part)
        part.rename(target)
        return target.stat().st_size
    except OSError as error:
        raise InputError("cannot write the file", file=str(target), found=error.strerror) from error
    except sqlite3.Error as error:
        raise Unavailable("the database cannot be copied", found=str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    old = sqlite3.connect(source)
    new = sqlite3.connect(target)
    try:
        old.backup(new)
        # One file without a journal beside it, which could be forgotten.
        new.execute("PRAGMA journal_mode=DELETE")
        found = new.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    finally:
        new.close()
        old.close()
