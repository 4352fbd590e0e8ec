"""What refers to what: which documents a change of an entry reaches, and what a document needs.

A text may show the title of another entry, or hide it; which entry a reference means depends on the
titles of all. So an entry's document depends on every entry whose id or title its references name,
and on nothing else beside itself and its issue. Ids and titles are kept as numbers of 64 bits: two
of one number would only have a document looked at in vain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from comity.newsletter.model.entry import Entry
from comity.newsletter.search.document import WEIGHTS
from comity.newsletter.text.references import scan
from comity.newsletter.text.titles import normalised

AT_ONCE = 500
TABLES = ("search_names", "search_links")
_NAME = "INSERT OR IGNORE INTO search_names (key, row) VALUES (?, ?)"
_LINK = "INSERT OR IGNORE INTO search_links (key, row) VALUES (?, ?)"


def of_id(key: str) -> int:
    """Return the number of an entry's id."""
    return _number(f"#{key}")


def of_title(title: str) -> int:
    """Return the number of a title, the same for all its spellings."""
    return _number(f"={normalised(title)}")


def named(entry: Entry) -> set[int]:
    """Return the numbers of all ids and titles that an entry's references name."""
    found = set()
    for name in WEIGHTS:
        text = getattr(entry, name)
        if isinstance(text, str) and "<@" in text:
            for reference in scan(text):
                found.add(of_title(reference.title))
                if reference.entry is not None:
                    found.add(of_id(reference.entry))
    return found


def link(
    connection: Connection, rows: Collection[int], entries: Iterable[tuple[int, Entry]]
) -> None:
    """Note anew what the entries of some rows are called and what they refer to."""
    for table in TABLES:
        _many(connection, f"DELETE FROM {table} WHERE row = ?", [(row,) for row in rows])
    _note(connection, entries)


def link_all(connection: Connection, entries: Iterable[tuple[int, Entry]]) -> None:
    """Note what all entries are called and what they refer to, by their rows."""
    for table in TABLES:
        connection.exec_driver_sql(f"DELETE FROM {table}")
    _note(connection, entries)


def _note(connection: Connection, entries: Iterable[tuple[int, Entry]]) -> None:
    names, links = [], []
    for row, entry in entries:
        names += [(of_id(entry.id), row), (of_title(entry.title), row)]
        links += [(key, row) for key in named(entry)]
    _many(connection, _NAME, names)
    _many(connection, _LINK, links)


def referring(connection: Connection, keys: Collection[int]) -> set[int]:
    """Return the rows of the entries that refer to something by one of those numbers."""
    return set(_rows(connection, "search_links", keys))


def meant(connection: Connection, keys: Collection[int]) -> set[int]:
    """Return the rows of the entries whose id or title has one of those numbers."""
    return set(_rows(connection, "search_names", keys))


def _rows(connection: Connection, table: str, keys: Collection[int]) -> Iterator[int]:
    wanted = sorted(keys)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = f"SELECT row FROM {table} WHERE key IN ({', '.join('?' * len(some))})"
        yield from connection.exec_driver_sql(query, tuple(some)).scalars()


def _many(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
