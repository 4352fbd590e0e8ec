"""What an unfinished word may go on to: the most frequent words that begin with it, added up.

Short beginnings have words in most documents, so what those words hold is added up beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sqlalchemy import Connection

from comity.newsletter.search.document import MARK
from comity.newsletter.search.ranking import Postings

MOST_LONGER = 64
"""Words that an unfinished one may go on to: the most frequent of them."""
SHORT = (2, 3, 4)
"""Letters of the beginnings that are added up beforehand."""
ROWS = np.dtype("<u4")
AMOUNTS = np.dtype("u1")
SUMS = np.dtype("<u2")
"""Enough for the most that so many words may hold."""
_NAMES = (
    "SELECT term FROM search_postings WHERE audience = ? AND term > ? AND term < ?"
    " ORDER BY count DESC, term LIMIT ?"
)
_POSTINGS = 'SELECT "rows", amounts FROM search_postings WHERE audience = ? AND term IN ({})'
_READ = 'SELECT "rows", sums FROM search_beginnings WHERE audience = ? AND beginning = ?'
_WRITE = (
    'INSERT OR REPLACE INTO search_beginnings (audience, beginning, "rows", sums)'
    " VALUES (?, ?, ?, ?)"
)
_REMOVE = "DELETE FROM search_beginnings WHERE audience = ? AND beginning = ?"


def longer(connection: Connection, audience: str, word: str, size: int) -> Postings:
    """Return the documents of the words that begin with a word, and how much they hold in all.

    Parameters
    ----------
    size : one more than the largest row.
    """
    if len(word) not in SHORT:
        return _added_up(connection, audience, word, size)
    found = connection.exec_driver_sql(_READ, (audience, word)).one_or_none()
    rows, sums = (b"", b"") if found is None else found
    return Postings(np.frombuffer(rows, ROWS), np.frombuffer(sums, SUMS))


def write_beginnings(
    connection: Connection, audience: str, terms: Iterable[str], size: int
) -> None:
    """Add up anew the short beginnings of terms whose documents have changed."""
    words = [term for term in terms if not term.startswith(MARK)]
    for beginning in sorted({word[:n] for word in words for n in SHORT if len(word) > n}):
        rows, sums = _added_up(connection, audience, beginning, size)
        if len(rows):
            values = (audience, beginning, rows.astype(ROWS).tobytes(), sums.tobytes())
            connection.exec_driver_sql(_WRITE, values)
        else:
            connection.exec_driver_sql(_REMOVE, (audience, beginning))


def _added_up(connection: Connection, audience: str, word: str, size: int) -> Postings:
    after = word[:-1] + chr(ord(word[-1]) + 1)
    asked = (audience, word, after, MOST_LONGER)
    names = [name for (name,) in connection.exec_driver_sql(_NAMES, asked)]
    query = _POSTINGS.format(", ".join("?" * len(names)))
    sums = np.zeros(size, SUMS)
    for rows, amounts in connection.exec_driver_sql(query, (audience, *names)):
        sums[np.frombuffer(rows, ROWS)] += np.frombuffer(amounts, AMOUNTS)
    held = np.flatnonzero(sums)
    return Postings(held, sums[held])
