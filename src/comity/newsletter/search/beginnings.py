"""What an unfinished word may go on to: every longer word that begins with it, added up.

Of short beginnings, which very many words have, what documents hold is added up beforehand and kept
like that of a word; of longer ones it is added up when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from comity.newsletter.search.document import MARK
from comity.newsletter.search.parts import Record, added, postings
from comity.newsletter.search.ranking import Postings

LONGEST_KEPT = 6
"""Letters of the longest beginning that is added up beforehand."""
SHORTEST = 2
"""Letters that a word has at least before it may be unfinished."""
_BEGINNING = f"{MARK}*{MARK}"
_LAST = chr(0x10FFFF)
_KEPT = 'SELECT part, count, "rows", amounts FROM search_postings WHERE audience = ? AND term = ?'
_LONGER = (
    'SELECT part, count, "rows", amounts FROM search_postings'
    " WHERE audience = ? AND term > ? AND term < ?"
)


def beginning(letters: str) -> str:
    """Return the term under which a beginning is kept."""
    return f"{_BEGINNING}{letters}"


def beginnings(term: str) -> Iterator[str]:
    """Yield the beginnings of a word that are kept and are shorter than itself.

    Examples
    --------
    >>> list(beginnings("fairness")), list(beginnings("fai"))
    (['fa', 'fai', 'fair', 'fairn', 'fairne'], ['fa'])
    """
    if not term.startswith(MARK):
        for length in range(SHORTEST, min(LONGEST_KEPT + 1, len(term))):
            yield term[:length]


def longer(connection: Connection, audience: str, letters: str, size: int) -> Postings:
    """Return the documents of the words that begin with letters, and how much they hold in all.

    Parameters
    ----------
    size : one more than the largest row.
    """
    if SHORTEST <= len(letters) <= LONGEST_KEPT:
        found = connection.exec_driver_sql(_KEPT, (audience, beginning(letters)))
        return postings((Record(*row) for row in found), size)
    asked = (audience, letters, letters + _LAST)
    return added(connection.exec_driver_sql(_LONGER, asked).all(), size)
