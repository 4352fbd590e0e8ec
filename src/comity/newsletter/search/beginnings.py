"""What an unfinished word may go on to: the most frequent words that begin with it, added up.

Where those words are in many documents, what they hold is added up beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sqlalchemy import Connection

from comity.newsletter.search.document import MARK
from comity.newsletter.search.query import SHORTEST_PREFIX
from comity.newsletter.search.ranking import Postings

MOST_LONGER = 64
"""Words that an unfinished one may go on to: the most frequent of them."""
MANY = 10_000
"""Documents, counted once for each word in them, from which on words are added up beforehand."""
ROWS = np.dtype("<u4")
AMOUNTS = np.dtype("u1")
SUMS = np.dtype("<u2")
"""Enough for the most that so many words may hold."""
_NAMES = (
    "SELECT term, count FROM search_postings WHERE audience = ? AND term > ? AND term < ?"
    " ORDER BY count DESC, term LIMIT ?"
)
_POSTINGS = 'SELECT "rows", amounts FROM search_postings WHERE audience = ? AND term IN ({})'
_READ = 'SELECT "rows", sums FROM search_beginnings WHERE audience = ? AND beginning = ?'
_WRITE = (
    'INSERT OR REPLACE INTO search_beginnings (audience, beginning, "rows", sums)'
    " VALUES (?, ?, ?, ?)"
)
_REMOVE = "DELETE FROM search_beginnings WHERE audience = ? AND beginning >= ? AND beginning < ?"


def longer(connection: Connection, audience: str, word: str, size: int) -> Postings:
    """Return the documents of the words that begin with a word, and how much they hold in all.

    Parameters
    ----------
    size : one more than the largest row.
    """
    found = connection.exec_driver_sql(_READ, (audience, word)).one_or_none()
    if found is None:
        return _added_up(connection, audience, [*_most_frequent(connection, audience, word)], size)
    return Postings(np.frombuffer(found[0], ROWS), np.frombuffer(found[1], SUMS))


def write_beginnings(
    connection: Connection, audience: str, terms: Iterable[str], size: int, many: int = MANY
) -> None:
    """Add up anew the beginnings of terms whose documents have changed."""
    words = [term for term in terms if not term.startswith(MARK)]
    length = SHORTEST_PREFIX
    while words := [word for word in words if len(word) > length]:
        kept = {
            beginning
            for beginning in sorted({word[:length] for word in words})
            if _write(connection, audience, beginning, size, many)
        }
        # The most frequent words of a longer beginning are in no more documents.
        words = [word for word in words if word[:length] in kept]
        length += 1


def _write(connection: Connection, audience: str, beginning: str, size: int, many: int) -> bool:
    """Add up a beginning if that pays; return whether it does."""
    names = _most_frequent(connection, audience, beginning)
    if sum(names.values()) < many:
        gone = (audience, beginning, _after(beginning))
        connection.exec_driver_sql(_REMOVE, gone)
        return False
    rows, sums = _added_up(connection, audience, [*names], size)
    values = (audience, beginning, rows.astype(ROWS).tobytes(), sums.tobytes())
    connection.exec_driver_sql(_WRITE, values)
    return True


def _after(word: str) -> str:
    """Return what comes after all words that begin with a word."""
    return word[:-1] + chr(ord(word[-1]) + 1)


def _most_frequent(connection: Connection, audience: str, word: str) -> dict[str, int]:
    """Return the most frequent of the words that begin with a word, and in how many they are."""
    asked = (audience, word, _after(word), MOST_LONGER)
    return {row[0]: row[1] for row in connection.exec_driver_sql(_NAMES, asked)}


def _added_up(connection: Connection, audience: str, names: list[str], size: int) -> Postings:
    query = _POSTINGS.format(", ".join("?" * len(names)))
    sums = np.zeros(size, SUMS)
    for rows, amounts in connection.exec_driver_sql(query, (audience, *names)):
        sums[np.frombuffer(rows, ROWS)] += np.frombuffer(amounts, AMOUNTS)
    held = np.flatnonzero(sums)
    return Postings(held, sums[held])
