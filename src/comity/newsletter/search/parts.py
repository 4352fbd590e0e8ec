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


def added(records: Iterable[Sequence[Any]], size: int) -> np.ndarray:
    """Return how much each row holds of all terms together, at most `MOST`.

    Parameters
    ----------
    records : columns of a `Record` each; there may be thousands.
    """
    sums = np.zeros(size, np.uint16)
    few: dict[int, tuple[list[bytes], list[bytes]]] = {}
    for part, _, rows, amounts in records:
        if rows:
            of_rows, of_amounts = few.setdefault(part, ([], []))
            of_rows.append(rows)
            of_amounts.append(amounts)
        else:
            start = part << PART_BITS
            here = sums[start : start + len(amounts)]
            here += np.frombuffer(amounts, AMOUNTS)
            np.minimum(here, MOST, out=here)
    for part, (of_rows, of_amounts) in few.items():
        held = np.frombuffer(b"".join(of_amounts), AMOUNTS)
        more = np.bincount(np.frombuffer(b"".join(of_rows), ROWS), weights=held)
        here = sums[part << PART_BITS :][: len(more)]
        here[:] = np.minimum(here + more, MOST)
    return sums.astype(AMOUNTS)


def _put(every: np.ndarray, start: int, kept: Record) -> None:
    held = np.frombuffer(kept.amounts, AMOUNTS)
    if kept.rows:
        every[np.frombuffer(kept.rows, ROWS).astype(np.int64) + start] = held
    else:
        every[start : start + len(held)] = held
