"""Words of many documents at once, as arrays: by term, and by pairs of neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise

import numpy as np

from comity.newsletter.search.beginnings import beginning, beginnings
from comity.newsletter.search.document import WEIGHTS
from comity.newsletter.search.pairs import NUMBERS, number_of, numbered
from comity.newsletter.search.parts import AMOUNTS, MOST, PART, PART_BITS, Record, record
from comity.newsletter.search.tokens import words

Content = tuple[Mapping[str, str], Iterable[str]]
"""Texts of a document by field, and its terms of filters."""
_WEIGHT_BITS = 8
_LOW_BITS = PART_BITS + _WEIGHT_BITS


@dataclass(frozen=True)
class Gathered:
    """Words of documents, one after another.

    Attributes
    ----------
    terms : each once.
    ids : of every word, its place in `terms`.
    fields : of every word, the number of the field or filter that it is in.
    rows, weights : of every field its document and what a word counts in it, 0 for a filter.
    """

    terms: list[str]
    ids: np.ndarray
    fields: np.ndarray
    rows: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, documents: Mapping[int, Content]) -> Gathered:
        """Return the words of documents by their rows."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        ids: list[int] = []
        fields: list[tuple[int, int, int]] = []
        for row, (texts, facets) in documents.items():
            filters = list(facets)
            parts = [(WEIGHTS[name], words(text)) for name, text in texts.items()]
            for weight, found in (*parts, (0, filters)):
                ids.extend(map(numbers.__getitem__, found))
                fields.append((row, weight, len(found)))
        rows, weights, lengths = np.array(fields, np.int64).reshape(-1, 3).T
        where = np.repeat(np.arange(len(rows)), lengths)
        return cls(list(numbers), np.array(ids, np.int64), where, rows, weights)

    @property
    def lengths(self) -> dict[int, int]:
        """Words of each document by its row; one that has none counts as one word long."""
        held = np.bincount(self.fields, minlength=len(self.rows)) * (self.weights > 0)
        rows, places = np.unique(self.rows, return_inverse=True)
        totals = np.bincount(places, weights=held, minlength=len(rows)).astype(int)
        return dict(zip(rows.tolist(), np.maximum(totals, 1).tolist(), strict=True))

    def records(self) -> Iterator[tuple[str, Record]]:
        """Yield the documents of every term and of every beginning that is kept, by parts."""
        for part in np.unique(self.rows >> PART_BITS).tolist():
            yield from self._records(part)

    def _records(self, part: int) -> Iterator[tuple[str, Record]]:
        here = self.rows[self.fields] >> PART_BITS == part
        low = self.rows[self.fields[here]] & (PART - 1)
        weights = np.maximum(self.weights, 1)[self.fields[here]]
        ids, low, amounts = _summed(self.ids[here], low, weights)
        yield from _cut(self.terms, part, ids, low, amounts)
        for names, of_terms in self._beginnings:
            begun = of_terms[ids]
            longer = begun >= 0
            found = _summed(begun[longer], low[longer], amounts[longer])
            yield from _cut([beginning(name) for name in names], part, *found)

    @cached_property
    def _beginnings(self) -> list[tuple[list[str], np.ndarray]]:
        """Of each length the beginnings that are kept, and which of them each term goes on from."""
        found: dict[int, tuple[defaultdict[str, int], np.ndarray]] = {}
        for place, term in enumerate(self.terms):
            for name in beginnings(term):
                if len(name) not in found:
                    own: defaultdict[str, int] = defaultdict(count().__next__)
                    found[len(name)] = (own, np.full(len(self.terms), -1))
                names, of_terms = found[len(name)]
                of_terms[place] = names[name]
        return [(list(names), of_terms) for names, of_terms in found.values()]

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Numbers of the pairs of neighbours, their rows, and their places in the document.

        Between fields one place is left free, so that no phrase goes from one to the next.
        """
        if len(self.ids) < 2:
            return np.empty(0, NUMBERS), np.empty(0, np.int64), np.empty(0, np.int64)
        places = np.arange(len(self.ids)) + self.fields
        rows = self.rows[self.fields]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        places -= np.repeat(places[starts], np.diff(starts, append=len(rows)))
        side = (self.fields[1:] == self.fields[:-1]) & (self.weights[self.fields[1:]] > 0)
        first = np.flatnonzero(side)
        numbers = np.array([number_of(term) for term in self.terms], NUMBERS)[self.ids]
        return numbered(numbers[first], numbers[first + 1]), rows[first], places[first]


def _summed(
    ids: np.ndarray, low: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Add up what is of one term and one row, ascending: at most `MOST`, which weights are too."""
    if not len(ids):
        return ids, low, weights.astype(AMOUNTS)
    # Numbers sort much faster than places of numbers.
    keys = np.sort(ids << _LOW_BITS | low << _WEIGHT_BITS | weights)
    weights = keys & ((1 << _WEIGHT_BITS) - 1)
    keys >>= _WEIGHT_BITS
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    amounts = np.minimum(np.add.reduceat(weights, starts), MOST).astype(AMOUNTS)
    return keys[starts] >> PART_BITS, keys[starts] & (PART - 1), amounts


def _cut(
    terms: list[str], part: int, ids: np.ndarray, low: np.ndarray, amounts: np.ndarray
) -> Iterator[tuple[str, Record]]:
    cuts = [0, *(np.flatnonzero(np.diff(ids)) + 1).tolist(), len(ids)]
    if not len(ids):
        return
    for start, end in pairwise(cuts):
        yield terms[ids[start]], record(part, low[start:end], amounts[start:end])
