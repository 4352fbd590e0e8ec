"""Files as what they hold: themselves, and what is packed in an archive, a workbook or a database.

In a database the texts of a row stand side by side with nothing between them, so that no word's end
shows; in an archive they are compressed. Read only as they are, both would seem to hold nothing.
"""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

DATABASE, GZIP = b"SQLite format 3\0", b"\x1f\x8b"
"""What such files begin with."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, sqlite3.Error)
"""What reading of what is packed fails with, beside `OSError`; ``RuntimeError``: a password."""


class Stream(Protocol):
    """Bytes to be read in order."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes, or all that are left; none at the end."""


def contents(path: Path) -> Iterator[Stream]:
    """Yield a file, then one by one what is packed in it.

    Reading any of them raises `OSError`, or one of `BROKEN`, where it cannot be read or unpacked.
    """
    with path.open("rb") as plain:
        begins = plain.read(len(DATABASE))
        plain.seek(0)
        yield plain
    if begins == DATABASE:
        yield from _tables(path)
    elif begins.startswith(GZIP):
        with gzip.open(path) as unpacked:
            yield unpacked
    elif zipfile.is_zipfile(path):
        yield from _members(path)


def _members(path: Path) -> Iterator[Stream]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                yield member


def _tables(path: Path) -> Iterator[Stream]:
    """Yield the texts of each table, a line each."""
    place = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(place, uri=True)) as database:
        database.text_factory = bytes
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (name,) in database.execute(named).fetchall():
            escaped = name.decode("utf-8").replace('"', '""')
            rows = database.execute(f'SELECT * FROM "{escaped}"')
            lines = (value for row in rows for value in row if isinstance(value, bytes))
            yield io.BytesIO(b"\n".join(lines))
