"""Writing postings, pairs and lengths: what is gone is taken out, what is new put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection

from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.pairs import (
    NUMBERS,
    WHERE,
    Pairs,
    bucket_of,
    sorted_pairs,
    where,
    without,
)
from comity.newsletter.search.parts import (
    PART,
    PART_BITS,
    Record,
    gathered,
    spread,
)
from comity.newsletter.search.ranking import NO_ISSUE

AT_ONCE = 500
WORDS = np.dtype("<u4")
ISSUES = np.dtype("<i4")
NO_PAIRS = Pairs(np.empty(0, NUMBERS), np.empty(0, WHERE))
_READ_POSTINGS = (
    'SELECT term, part, count, "rows", amounts FROM search_postings'
    " WHERE audience = ? AND part = ? AND term IN ({})"
)
_POST = (
    'INSERT OR REPLACE INTO search_postings (audience, term, part, count, "rows", amounts)'
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_UNPOST = "DELETE FROM search_postings WHERE audience = ? AND term = ? AND part = ?"
_READ_PAIRS = (
    'SELECT bucket, numbers, "where" FROM search_pairs'
    " WHERE audience = ? AND part = ? AND bucket IN ({})"
)
_PAIR = (
    'INSERT OR REPLACE INTO search_pairs (audience, part, bucket, numbers, "where")'
    " VALUES (?, ?, ?, ?, ?)"
)
_UNPAIR = "DELETE FROM search_pairs WHERE audience = ? AND part = ? AND bucket = ?"
_READ_LENGTHS = "SELECT words, issues FROM search_lengths WHERE audience = ? AND part = ?"
_MEASURE = (
    "INSERT OR REPLACE INTO search_lengths (audience, part, words, issues) VALUES (?, ?, ?, ?)"
)
_UNMEASURE = "DELETE FROM search_lengths WHERE audience = ? AND part = ?"


def write_postings(
    connection: Connection, audience: str, gone: Gathered, fresh: Gathered, *, new: bool = False
) -> None:
    """Bring the postings of all terms up to date.

    Parameters
    ----------
    gone, fresh : the words of documents that are gone, and of new ones.
    new : whether there are no postings in the parts of the new ones.
    """
    if new:
        rows = ((audience, term, *record) for term, record in fresh.records())
        _many(connection, _POST, list(rows))
        return
    terms = _by_part(gone, fresh)
    for part, changes in terms.items():
        there = dict(_postings(connection, audience, part, sorted(changes)))
        posted, empty = [], []
        for term, (removed, put) in sorted(changes.items()):
            found = _merged(there.get(term), removed, put)
            if found is None:
                empty.append((audience, term, part))
            else:
                posted.append((audience, term, *found))
        _many(connection, _UNPOST, empty)
        _many(connection, _POST, posted)


def write_pairs(
    connection: Connection, audience: str, gone: Gathered, fresh: Gathered, *, new: bool = False
) -> None:
    """Bring the pairs of neighbours up to date (see `write_postings`)."""
    added = _parts(*fresh.pairs)
    if new:
        _many(connection, _PAIR, [_stored(audience, key, more) for key, more in added])
        return
    more, less = dict(added), dict(_parts(*gone.pairs))
    removed = np.unique(gone.rows)
    touched: defaultdict[int, set[int]] = defaultdict(set)
    for part, bucket in more.keys() | less.keys():
        key = part, bucket
        if not _are_equal(more.get(key, NO_PAIRS), less.get(key, NO_PAIRS)):
            touched[part].add(bucket)
    for part, buckets in touched.items():
        there = dict(_pairs(connection, audience, part, sorted(buckets)))
        low = removed[removed >> PART_BITS == part]
        kept, empty = [], []
        for bucket in sorted(buckets):
            old, put = there.get(bucket, NO_PAIRS), more.get((part, bucket), NO_PAIRS)
            if len(old.numbers):
                numbers, places = map(np.concatenate, zip(without(old, low), put, strict=True))
                put = sorted_pairs(numbers, places)
            if len(put.numbers):
                kept.append(_stored(audience, (part, bucket), put))
            else:
                empty.append((audience, part, bucket))
        _many(connection, _UNPAIR, empty)
        _many(connection, _PAIR, kept)


class Measured(NamedTuple):
    """By how much documents and their words have become more."""

    documents: int
    words: int


def write_lengths(
    connection: Connection,
    audience: str,
    gone: Collection[int],
    fresh: Mapping[int, tuple[int, int | None]],
) -> Measured:
    """Bring lengths up to date.

    Parameters
    ----------
    gone : rows of documents that are gone.
    fresh : of new ones, by their rows, how many words they have and their issue.
    """
    documents, total = 0, 0
    for part in sorted({row >> PART_BITS for row in (*gone, *fresh)}):
        found = connection.exec_driver_sql(_READ_LENGTHS, (audience, part)).one_or_none()
        words, issues = _spread_lengths(*(found or (b"", b"")))
        before = np.count_nonzero(words), words.sum(dtype=np.int64)
        for row in gone:
            if row >> PART_BITS == part:
                words[row & (PART - 1)], issues[row & (PART - 1)] = 0, NO_ISSUE
        for row, (length, issue) in fresh.items():
            if row >> PART_BITS == part:
                words[row & (PART - 1)] = length
                issues[row & (PART - 1)] = NO_ISSUE if issue is None else _in_range(issue)
        documents += int(np.count_nonzero(words) - before[0])
        total += int(words.sum(dtype=np.int64) - before[1])
        span = int(np.flatnonzero(words)[-1]) + 1 if words.any() else 0
        if span:
            blobs = words[:span].tobytes(), issues[:span].tobytes()
            connection.exec_driver_sql(_MEASURE, (audience, part, *blobs))
        else:
            connection.exec_driver_sql(_UNMEASURE, (audience, part))
    return Measured(documents, total)


def _spread_lengths(words: bytes, issues: bytes) -> tuple[np.ndarray, np.ndarray]:
    of_words, of_issues = np.zeros(PART, WORDS), np.full(PART, NO_ISSUE, ISSUES)
    span = len(words) // WORDS.itemsize
    of_words[:span] = np.frombuffer(words, WORDS)
    of_issues[:span] = np.frombuffer(issues, ISSUES)
    return of_words, of_issues


def _in_range(number: int) -> int:
    return max(NO_ISSUE, min(number, int(np.iinfo(ISSUES).max)))


def _many(connection: Connection, statement: str, rows: list[Any]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


_Change = tuple[Record | None, Record | None]


def _by_part(gone: Gathered, fresh: Gathered) -> dict[int, dict[str, _Change]]:
    """Return by part and term what is taken out and what is put in, where that differs."""
    found: defaultdict[int, dict[str, _Change]] = defaultdict(dict)
    for term, record in gone.records():
        found[record.part][term] = record, None
    for term, record in fresh.records():
        removed, _ = found[record.part].pop(term, (None, None))
        if record != removed:
            found[record.part][term] = removed, record
    return found


def _merged(there: Record | None, removed: Record | None, put: Record | None) -> Record | None:
    """Return the postings of a term in a part after a change."""
    if there is None:
        return put
    every = spread(there)
    if removed is not None:
        every[spread(removed) != 0] = 0
    if put is not None:
        np.maximum(every, spread(put), out=every)
    return gathered(every, there.part)


def _postings(
    connection: Connection, audience: str, part: int, terms: list[str]
) -> Iterator[tuple[str, Record]]:
    for start in range(0, len(terms), AT_ONCE):
        some = terms[start : start + AT_ONCE]
        query = _READ_POSTINGS.format(", ".join("?" * len(some)))
        for term, *record in connection.exec_driver_sql(query, (audience, part, *some)):
            yield term, Record(*record)


def _parts(
    numbers: np.ndarray, rows: np.ndarray, places: np.ndarray
) -> Iterator[tuple[tuple[int, int], Pairs]]:
    """Yield pairs by part and bucket, sorted."""
    parts = rows >> PART_BITS
    for part in np.unique(parts).tolist():
        here = parts == part
        found = sorted_pairs(numbers[here], where(rows[here], places[here]))
        buckets = bucket_of(found.numbers)
        cuts = [0, *(np.flatnonzero(np.diff(buckets)) + 1).tolist(), len(buckets)]
        for start, end in pairwise(cuts):
            pairs = Pairs(found.numbers[start:end], found.where[start:end])
            yield (part, int(buckets[start])), pairs


def _are_equal(some: Pairs, others: Pairs) -> bool:
    return np.array_equal(some.numbers, others.numbers) and np.array_equal(some.where, others.where)


def _pairs(
    connection: Connection, audience: str, part: int, buckets: list[int]
) -> Iterator[tuple[int, Pairs]]:
    """Yield what there is of some buckets of a part."""
    for start in range(0, len(buckets), AT_ONCE):
        some = buckets[start : start + AT_ONCE]
        query = _READ_PAIRS.format(", ".join("?" * len(some)))
        for bucket, numbers, stand in connection.exec_driver_sql(query, (audience, part, *some)):
            yield bucket, Pairs(np.frombuffer(numbers, NUMBERS), np.frombuffer(stand, WHERE))


def _stored(audience: str, key: tuple[int, int], pairs: Pairs) -> tuple[object, ...]:
    return (audience, *key, pairs.numbers.astype(NUMBERS).tobytes(), pairs.where.tobytes())
