"""Postings as they are kept: by parts of the rows, each in the shorter of two forms.

A part is a range of rows. Where few of its documents hold a term, their rows are kept with how much
each holds; where many do, how much each row holds, 0 for one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.newsletter.search.ranking import FEW, Postings

PART_BITS = 15
"""A part holds so many rows, as a power of 2."""
PART = 1 << PART_BITS
ROWS = np.dtype("<u2")
AMOUNTS = np.dtype("u1")
MOST = 255
"""The most that a document holds of a term."""
EACH = ROWS.itemsize + AMOUNTS.itemsize


class Record(NamedTuple):
    """A term's documents of one part: how many, and the two columns that keep them."""

    part: int
    holding: int
    rows: bytes
    amounts: bytes


def record(part: int, low: np.ndarray, amounts: np.ndarray) -> Record:
    """Return what is kept of rows within a part, ascending and at least one."""
    count, span = len(low), int(low[-1]) + 1
    if count * EACH < span:
        return Record(part, count, low.astype(ROWS).tobytes(), amounts.tobytes())
    every = np.zeros(span, AMOUNTS)
    every[low] = amounts
    return Record(part, count, b"", every.tobytes())


def spread(kept: Record) -> np.ndarray:
    """Return how much each row of a whole part holds."""
    every = np.zeros(PART, AMOUNTS)
    _put(every, 0, kept)
    return every


def gathered(every: np.ndarray, part: int) -> Record | None:
    """Return what is kept of how much each row of a part holds; None where none holds any."""
    low = np.flatnonzero(every != 0)
    return record(part, low, every[low]) if len(low) else None


def postings(records: Iterable[Record], size: int) -> Postings:
    """Return the documents of one term; with how much each row holds where they are many."""
    kept = [*records]
    count = sum(each.holding for each in kept)
    if count * FEW >= size:
        every = np.zeros(size, AMOUNTS)
        for each in kept:
            _put(every, each.part << PART_BITS, each)
        return Postings(None, every, count)
    rows, amounts = [np.empty(0, np.int64)], [np.empty(0, AMOUNTS)]
    for each in sorted(kept):
        held = np.frombuffer(each.amounts, AMOUNTS)
        low = np.frombuffer(each.rows, ROWS) if each.rows else np.flatnonzero(held != 0)
        rows.append(low.astype(np.int64) + (each.part << PART_BITS))
        amounts.append(held if each.rows else held[low])
    return Postings(np.concatenate(rows), np.concatenate(amounts), count)


def added(records: Sequence[Sequence[Any]], size: int) -> Postings:
    """Return how much each document holds of all terms together, at most `MOST`.

    Linear in what the records hold where that is little, else in `size` too.

    Parameters
    ----------
    records : columns of a `Record` each; there may be thousands.
    """
    if all(each[2] for each in records) and sum(each[1] for each in records) * FEW < size:
        return _added_few(records)
    every = _added_many(records, size)
    rows = np.flatnonzero(every != 0)
    if len(rows) * FEW >= size:
        return Postings(None, every, len(rows))
    return Postings(rows, every[rows], len(rows))


def _added_few(records: Iterable[Sequence[Any]]) -> Postings:
    """Return the sums of records that keep rows."""
    starts, of_rows, of_amounts = _by_part(records)
    if not of_rows:
        return Postings(np.empty(0, np.int64), np.empty(0, AMOUNTS), 0)
    rows = np.concatenate([start + low for start, low in zip(starts, of_rows, strict=True)])
    rows, places = np.unique(rows, return_inverse=True)
    sums = np.bincount(places, weights=np.concatenate(of_amounts))
    return Postings(rows, np.minimum(sums, MOST).astype(AMOUNTS), len(rows))


def _added_many(records: Sequence[Sequence[Any]], size: int) -> np.ndarray:
    """Return the sums for every row."""
    sums = np.zeros(size, np.uint16)
    for part, _, rows, amounts in records:
        if not rows:
            start = part << PART_BITS
            here = sums[start : start + len(amounts)]
            here += np.frombuffer(amounts, AMOUNTS)
            np.minimum(here, MOST, out=here)
    few = _by_part(each for each in records if each[2])
    for start, low, held in zip(*few, strict=True):
        more = np.bincount(low, weights=held)
        here = sums[start:][: len(more)]
        here[:] = np.minimum(here + more, MOST)
    return sums.astype(AMOUNTS)


def _by_part(
    records: Iterable[Sequence[Any]],
) -> tuple[list[int], list[np.ndarray], list[np.ndarray]]:
    """Return of each part where it starts, and rows and amounts of all terms one after another."""
    few: dict[int, tuple[list[bytes], list[bytes]]] = {}
    for part, _, rows, amounts in records:
        of_rows, of_amounts = few.setdefault(part, ([], []))
        of_rows.append(rows)
        of_amounts.append(amounts)
    return (
        [part << PART_BITS for part in few],
        [np.frombuffer(b"".join(rows), ROWS).astype(np.int64) for rows, _ in few.values()],
        [np.frombuffer(b"".join(amounts), AMOUNTS) for _, amounts in few.values()],
    )


def _put(every: np.ndarray, start: int, kept: Record) -> None:
    held = np.frombuffer(kept.amounts, AMOUNTS)
    if kept.rows:
        every[np.frombuffer(kept.rows, ROWS).astype(np.int64) + start] = held
    else:
        every[start : start + len(held)] = held
