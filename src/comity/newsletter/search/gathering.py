"""Words of many documents at once, as arrays: by term, and by pairs of neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from comity.newsletter.search.document import WEIGHTS
from comity.newsletter.search.pairs import NUMBERS, number_of, numbered
from comity.newsletter.search.ranking import Postings
from comity.newsletter.search.tokens import words

ROWS = np.dtype("<u4")
AMOUNTS = np.dtype("u1")
MOST = 255

Content = tuple[Mapping[str, str], Iterable[str]]
"""Texts of a document by field, and its terms of filters."""


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
        """Words of each document by its row."""
        held = np.bincount(self.fields, minlength=len(self.rows)) * (self.weights > 0)
        rows, places = np.unique(self.rows, return_inverse=True)
        totals = np.bincount(places, weights=held, minlength=len(rows)).astype(int)
        return dict(zip(rows.tolist(), totals.tolist(), strict=True))

    @cached_property
    def postings(self) -> dict[str, Postings]:
        """Documents that hold each term, and how much: words by their fields, at most `MOST`."""
        if not len(self.ids):
            return {}
        keys = self.ids << 32 | self.rows[self.fields]
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        amounts = np.add.reduceat(np.maximum(self.weights, 1)[self.fields][order], starts)
        amounts = np.minimum(amounts, MOST).astype(AMOUNTS)
        terms, rows = keys[starts] >> 32, (keys[starts] & 0xFFFFFFFF).astype(ROWS)
        cuts = np.flatnonzero(np.diff(terms)) + 1
        parts = zip(np.split(rows, cuts), np.split(amounts, cuts), strict=True)
        return {term: Postings(*part) for term, part in zip(self.terms, parts, strict=True)}

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
