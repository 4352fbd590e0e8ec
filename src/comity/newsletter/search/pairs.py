"""Where two words stand side by side: what phrases are found by.

An index of words must walk all places of two common words to find where they meet; an index of
pairs reads what meets. Every pair of neighbours in a field has a number of 64 bits; buckets of
pairs by a range of documents keep it beside the place. Two pairs of one number would be taken for
one another: for a query and ten million pairs, one chance in 10^12.

Source: Williams, Zobel and Bahle, "Fast Phrase Querying with Combined Indexes" (2004), on nextword
indexes; theirs keep pairs by the first word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from comity.newsletter.search.parts import PART_BITS

BUCKETS = 4096
PLACE_BITS = 32 - PART_BITS
PLACES = (1 << PLACE_BITS) - 1
"""Words of a document that have places of their own; those after start again at the first."""
NUMBERS = np.dtype("<u8")
WHERE = np.dtype("<u4")
"""The last bits of a row, and the place of the first word in its document."""
_FIRST, _BOTH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


class Pairs(NamedTuple):
    """Pairs by their number, and where each stands."""

    numbers: np.ndarray
    where: np.ndarray


def number_of(word: str) -> int:
    """Return the number of a word, the same on every machine."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def numbered(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the numbers of pairs from those of their words, modulo 2^64."""
    mixed = first * _FIRST + second
    return (mixed ^ (mixed >> _HALF)) * _BOTH


def bucket_of(numbers: np.ndarray) -> np.ndarray:
    """Return the buckets of pairs: their first bits."""
    return (numbers >> np.uint64(64 - BUCKETS.bit_length() + 1)).astype(np.int64)


def where(rows: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return where pairs stand, within the part of their documents."""
    low = rows.astype(np.int64) & ((1 << PART_BITS) - 1)
    return (low << PLACE_BITS | places & PLACES).astype(WHERE)


def sorted_pairs(numbers: np.ndarray, places: np.ndarray) -> Pairs:
    """Return pairs in the order in which they are kept."""
    order = np.lexsort((places, numbers))
    return Pairs(numbers[order], places[order])


def without(pairs: Pairs, rows: np.ndarray) -> Pairs:
    """Return pairs without those of some documents of the part."""
    low = np.asarray(rows) & ((1 << PART_BITS) - 1)
    stay = ~np.isin(pairs.where >> PLACE_BITS, low)
    return Pairs(pairs.numbers[stay], pairs.where[stay])


def steps(phrase: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of a phrase that cover it: how far each is from the start, and its number.

    Examples
    --------
    >>> [place for place, _ in steps(("a", "b", "c", "d", "e"))]
    [0, 2, 3]
    """
    last = len(phrase) - 2
    numbers = np.array([number_of(word) for word in phrase], NUMBERS)
    pairs = numbered(numbers[:-1], numbers[1:])
    return [(place, int(pairs[place])) for place in sorted({*range(0, last, 2), last})]


def rows_of(
    phrase: Sequence[str], read: Callable[[list[int]], Iterable[tuple[int, int, Pairs]]]
) -> np.ndarray:
    """Return the rows of the documents in which words stand together, ascending.

    Parameters
    ----------
    read : yields of buckets each part: the part, the bucket, its pairs.
    """
    asked = steps(phrase)
    buckets = bucket_of(np.array([number for _, number in asked], NUMBERS)).tolist()
    parts: dict[int, dict[int, Pairs]] = {}
    for part, bucket, pairs in read(sorted(set(buckets))):
        parts.setdefault(part, {})[bucket] = pairs
    found = list(_rows_of_parts(asked, buckets, parts))
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _rows_of_parts(
    asked: list[tuple[int, int]], buckets: list[int], parts: dict[int, dict[int, Pairs]]
) -> Iterator[np.ndarray]:
    for part in sorted(parts):
        if all(bucket in parts[part] for bucket in buckets):
            starts = [
                _starts(parts[part][bucket], number, place)
                for bucket, (place, number) in zip(buckets, asked, strict=True)
            ]
            low = np.unique(reduce(np.intersect1d, starts) >> PLACE_BITS)
            yield low.astype(np.int64) | part << PART_BITS


def _starts(pairs: Pairs, number: int, place: int) -> np.ndarray:
    """Return where a phrase would begin that holds a pair at one of its places."""
    # A number of NumPy: one of Python would turn all of them to floats.
    low, high = (
        np.searchsorted(pairs.numbers, NUMBERS.type(number), "left"),
        np.searchsorted(pairs.numbers, NUMBERS.type(number), "right"),
    )
    found = pairs.where[low:high].astype(np.int64)
    return (found & ~PLACES) | ((found - place) & PLACES)
