"""Writing postings and pairs: what is gone is taken out, what is new put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from sqlalchemy import Connection, bindparam, delete, select

from comity.newsletter.search.gathering import AMOUNTS, ROWS, Gathered
from comity.newsletter.search.pairs import (
    BUCKETS,
    NUMBERS,
    ROWS_BITS,
    WHERE,
    Pairs,
    bucket_of,
    sorted_pairs,
    where,
    without,
)
from comity.newsletter.search.ranking import Postings
from comity.newsletter.store.tables.search import PAIRS, POSTINGS

AT_ONCE = 500
NO_POSTINGS = Postings(np.empty(0, ROWS), np.empty(0, AMOUNTS))
NO_PAIRS = Pairs(np.empty(0, NUMBERS), np.empty(0, WHERE))
_POST = (
    'INSERT OR REPLACE INTO search_postings (audience, term, count, "rows", amounts)'
    " VALUES (?, ?, ?, ?, ?)"
)
_PAIR = (
    'INSERT OR REPLACE INTO search_pairs (audience, part, bucket, numbers, "where")'
    " VALUES (?, ?, ?, ?, ?)"
)


def write_postings(
    connection: Connection, audience: str, rows: Iterable[int], gone: Gathered, fresh: Gathered
) -> list[str]:
    """Bring the postings of all terms up to date; return the terms.

    Parameters
    ----------
    rows : documents that are gone.
    gone, fresh : the words of those and of new ones.
    """
    removed = np.array(list(rows), ROWS)
    names = sorted(gone.postings.keys() | fresh.postings.keys())
    there = dict(_postings(connection, audience, names))
    posted, empty = [], []
    for term in names:
        old, new = there.get(term, NO_POSTINGS), fresh.postings.get(term, NO_POSTINGS)
        found = _merged(old, removed if term in gone.postings else removed[:0], new)
        if len(found.rows):
            blobs = (found.rows.tobytes(), found.amounts.tobytes())
            posted.append((audience, term, len(found.rows), *blobs))
        else:
            empty.append({"old": term})
    if empty:
        old_terms = (POSTINGS.c.audience == audience) & (POSTINGS.c.term == bindparam("old"))
        connection.execute(delete(POSTINGS).where(old_terms), empty)
    if posted:
        connection.exec_driver_sql(_POST, posted)
    return names


def write_pairs(
    connection: Connection, audience: str, rows: Iterable[int], gone: Gathered, fresh: Gathered
) -> None:
    """Bring the pairs of neighbours up to date (see `write_postings`)."""
    removed = np.array(list(rows), np.int64)
    new = dict(_parts(*fresh.pairs))
    touched = sorted(new.keys() | {key for key, _ in _parts(*gone.pairs)})
    there = dict(_pairs(connection, audience, sorted({part for part, _ in touched}), touched))
    kept, empty = [], []
    for part, bucket in touched:
        old, more = there.get((part, bucket), NO_PAIRS), new.get((part, bucket), NO_PAIRS)
        if len(old.numbers):
            old = without(old, removed[removed >> ROWS_BITS == part])
            numbers, places = (np.concatenate(both) for both in zip(old, more, strict=True))
            more = sorted_pairs(numbers, places)
        if len(more.numbers):
            blobs = (more.numbers.astype(NUMBERS).tobytes(), more.where.tobytes())
            kept.append((audience, part, bucket, *blobs))
        else:
            empty.append({"old_part": part, "old_bucket": bucket})
    if empty:
        old_pairs = (PAIRS.c.part == bindparam("old_part")) & (
            PAIRS.c.bucket == bindparam("old_bucket")
        )
        connection.execute(delete(PAIRS).where(old_pairs & (PAIRS.c.audience == audience)), empty)
    if kept:
        connection.exec_driver_sql(_PAIR, kept)


def _postings(
    connection: Connection, audience: str, terms: list[str]
) -> Iterator[tuple[str, Postings]]:
    query = select(POSTINGS.c.term, POSTINGS.c.rows, POSTINGS.c.amounts)
    for start in range(0, len(terms), AT_ONCE):
        part = POSTINGS.c.term.in_(terms[start : start + AT_ONCE])
        mine = query.where(part & (POSTINGS.c.audience == audience))
        for term, rows, amounts in connection.execute(mine):
            yield term, Postings(np.frombuffer(rows, ROWS), np.frombuffer(amounts, AMOUNTS))


def _merged(there: Postings, removed: np.ndarray, added: Postings) -> Postings:
    """Return the postings of a term after a change."""
    if not len(there.rows):
        return added
    rows, amounts = there
    if len(removed):
        stay = ~np.isin(rows, removed)
        rows, amounts = rows[stay], amounts[stay]
    rows, amounts = np.concatenate([rows, added.rows]), np.concatenate([amounts, added.amounts])
    order = np.argsort(rows, kind="stable")
    return Postings(rows[order], amounts[order])


def _parts(
    numbers: np.ndarray, rows: np.ndarray, places: np.ndarray
) -> Iterator[tuple[tuple[int, int], Pairs]]:
    """Yield pairs by part and bucket, sorted."""
    if not len(numbers):
        return
    keys = (rows >> ROWS_BITS) * BUCKETS + bucket_of(numbers)
    stand = where(rows, places)
    order = np.lexsort((stand, numbers, keys))
    keys, numbers, stand = keys[order], numbers[order], stand[order]
    cuts = np.flatnonzero(np.diff(keys)) + 1
    starts = [0, *cuts.tolist()]
    parts = zip(np.split(numbers, cuts), np.split(stand, cuts), strict=True)
    for key, pairs in zip(keys[starts].tolist(), parts, strict=True):
        yield divmod(key, BUCKETS), Pairs(*pairs)


def _pairs(
    connection: Connection, audience: str, parts: list[int], touched: list[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Pairs]]:
    """Yield what there is of the buckets that a change touches."""
    query = select(PAIRS.c.bucket, PAIRS.c.numbers, PAIRS.c.where)
    for part in parts:
        buckets = [bucket for other, bucket in touched if other == part]
        mine = (PAIRS.c.audience == audience) & (PAIRS.c.part == part)
        found = connection.execute(query.where(mine & PAIRS.c.bucket.in_(buckets)))
        for bucket, numbers, stand in found:
            pairs = Pairs(np.frombuffer(numbers, NUMBERS), np.frombuffer(stand, WHERE))
            yield (part, bucket), pairs
