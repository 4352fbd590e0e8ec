"""Ranking by BM25 over arrays: exact, and fast where a word is in most of many documents.

FTS5 scores each document that matches one after another, about a microsecond each: a quarter of a
second for a word in 200,000 documents. Here what a word adds to the score of each document comes as
one array, and a query adds arrays.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
eq. 3.15, with the inverse document frequency of its eq. 3.12 under a 1, so that no word counts
against a document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

K1 = 1.2
B = 0.75
FEW = 16
"""What is in fewer documents than one of so many is kept by its rows."""
BLOCK = 64
"""Scores whose largest bounds the best."""
NO_ISSUE = -1
"""Stands for the number of the issue of what is in none."""
UNFINISHED = 0.5
"""How much a word that goes on counts for what was typed of it."""


@dataclass(frozen=True)
class Lengths:
    """How long each document is.

    Attributes
    ----------
    words : of each document by its row, 0 where there is none.
    issues : of each row the number of its issue, `NO_ISSUE` where it is in none.
    documents : how many there are.
    total : words of all.
    """

    words: np.ndarray
    issues: np.ndarray
    documents: int
    total: int

    @property
    def size(self) -> int:
        """One more than the largest row."""
        return len(self.words)

    @property
    def mean(self) -> float:
        """Words of a document."""
        return self.total / max(1, self.documents)

    @classmethod
    def of(cls, words: np.ndarray, issues: np.ndarray | None = None) -> Lengths:
        """Return lengths with what is counted of them."""
        issues = np.full(len(words), NO_ISSUE) if issues is None else issues
        return cls(words, issues, int(np.count_nonzero(words)), int(words.sum()))

    @cached_property
    def shares(self) -> np.ndarray:
        """What is added below the line for the length of each document: k1 (1 - b + b l / mean)."""
        shares = self.words.astype(np.float32)
        shares *= np.float32(K1 * B / max(self.mean, 1.0))
        shares += np.float32(K1 * (1 - B))
        return shares

    @cached_property
    def rows(self) -> np.ndarray:
        """Rows of all documents, ascending."""
        return np.flatnonzero(self.words)

    @cached_property
    def recency(self) -> np.ndarray:
        """Of each row how late it comes: by issue, and within one, or in none, the first last."""
        order = np.lexsort((-np.arange(self.size), self.issues))
        places = np.empty(self.size, np.float32)
        places[order] = np.arange(self.size)
        return places


class Postings(NamedTuple):
    """Documents that hold a term, and how much each holds of it.

    Attributes
    ----------
    rows : of the documents, ascending; None where they are many.
    amounts : beside `rows`; where they are many, of every row, and 0 where it is not one of them.
    holding : how many they are.
    """

    rows: np.ndarray | None
    amounts: np.ndarray
    holding: int


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """What a term adds to the score of each document that holds it, always above 0.

    Attributes
    ----------
    count : documents that hold it.
    rows : their rows, ascending; None where it is in many.
    impacts : beside `rows`; where it is in many, of every row, and 0 where it is not.
    """

    count: int
    rows: np.ndarray | None
    impacts: np.ndarray

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.impacts.nbytes + (0 if self.rows is None else self.rows.nbytes)


class Ranked(NamedTuple):
    """The best documents, best first, their scores, and how many there are in all."""

    rows: np.ndarray
    scores: np.ndarray
    total: int


NOTHING = Ranked(np.empty(0, np.int64), np.empty(0, np.float32), 0)


def joined(exact: Postings, longer: Postings, size: int) -> Postings:
    """Return how much each document holds of an unfinished word: of itself and of longer ones."""
    if exact.rows is None or longer.rows is None:
        every = _of_every(longer, size)
        every *= np.float32(UNFINISHED)
        if exact.rows is None:
            every += exact.amounts
        else:
            every[exact.rows] += exact.amounts
        return Postings(None, every, int(np.count_nonzero(every)))
    rows = _either(longer.rows, exact.rows)
    amounts = np.zeros(len(rows), np.float32)
    amounts[np.searchsorted(rows, longer.rows)] = longer.amounts
    amounts *= np.float32(UNFINISHED)
    amounts[np.searchsorted(rows, exact.rows)] += exact.amounts
    return Postings(rows, amounts, len(rows))


def _either(many: np.ndarray, few: np.ndarray) -> np.ndarray:
    """Return the rows that stand in one of two arrays or in both; all ascend."""
    places = np.searchsorted(many, few)
    new = np.searchsorted(many, few, side="right") == places
    return np.insert(many, places[new], few[new])


def _of_every(postings: Postings, size: int) -> np.ndarray:
    if postings.rows is None:
        return postings.amounts.astype(np.float32)
    every = np.zeros(size, np.float32)
    every[postings.rows] = postings.amounts
    return every


def weighed(postings: Postings, lengths: Lengths) -> Term:
    """Return a word with what it adds to scores."""
    rows, amounts, count = postings
    if rows is None:
        return Term(count, None, _impacts(amounts, lengths.shares, count, lengths))
    return Term(count, rows, _impacts(amounts, lengths.shares[rows], count, lengths))


def _impacts(amounts: np.ndarray, shares: np.ndarray, count: int, lengths: Lengths) -> np.ndarray:
    """Return eq. 3.15 for one word that so many documents hold."""
    rarity = np.log1p((lengths.documents - count + 0.5) / (count + 0.5))
    impacts = amounts.astype(np.float32)
    impacts /= impacts + shares
    impacts *= np.float32(rarity * (K1 + 1))
    return impacts


def passing(postings: Postings) -> Term:
    """Return a filter: what passes it, with nothing to add to scores."""
    return Term(postings.holding, postings.rows, postings.amounts != 0)


def passing_rows(rows: np.ndarray, size: int) -> Term:
    """Return a filter that some rows pass, ascending."""
    if len(rows) * FEW < size:
        return Term(len(rows), rows, np.ones(len(rows), np.bool_))
    dense = np.zeros(size, np.bool_)
    dense[rows] = True
    return Term(len(rows), None, dense)


def others(term: Term, lengths: Lengths) -> Term:
    """Return a filter that all documents pass but those of a term."""
    dense = lengths.words != 0
    if term.rows is None:
        dense &= term.impacts == 0
    else:
        dense[term.rows] = False
    return Term(lengths.documents - term.count, None, dense)


def rank(
    words: Iterable[Term], among: Iterable[Term], lengths: Lengths, limit: int, offset: int = 0
) -> Ranked:
    """Return the best documents that hold every word and pass every filter.

    Linear in the documents of the rarest term, or in all documents where all terms are in many.
    Among equals the newer document, of the larger row, is first. Without words the latest issue is
    first, in the order of rows, and what is in no issue last.
    """
    # Scores are added in one order, whatever the order of the query: sums of floats depend on it.
    scored = sorted(words, key=_count)
    filters = sorted(among, key=_count)
    count = limit + offset
    if not scored and not filters:
        return _latest(lengths.rows, lengths, count, offset)
    rarest = min((*scored[:1], *filters[:1]), key=_count)
    if rarest.rows is None:
        rows, scores, total = None, *_of_all(scored, filters)
    else:
        rows, scores = _of_few(rarest, rarest.rows, scored, filters)
        total = len(rows)
    if not scored:
        return _latest(np.flatnonzero(scores) if rows is None else rows, lengths, count, offset)
    places = best(scores, min(count, total))[offset:]
    return Ranked(places if rows is None else rows[places], scores[places], total)


def best(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the best scores, best first; among equals the last is first.

    The k-th largest of the largest of blocks is at most the k-th largest of all, so what lies
    below it is passed over unsorted.
    """
    if count <= 0:
        return np.empty(0, np.int64)
    blocks = len(scores) // BLOCK
    if blocks > 2 * count:
        tops = scores[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
        places = np.flatnonzero(scores >= np.partition(tops, -count)[-count])
    else:
        places = np.arange(len(scores))
    values = scores[places]
    if len(values) > count:
        least = np.partition(values, -count)[-count]
        above, equal = places[values > least], places[values == least]
        places = np.concatenate([above, equal[len(equal) - (count - len(above)) :]])
    return places[np.lexsort((-places, -scores[places]))]


def _count(term: Term) -> int:
    return term.count


def _latest(rows: np.ndarray, lengths: Lengths, count: int, offset: int) -> Ranked:
    chosen = rows[best(lengths.recency[rows], min(count, len(rows)))[offset:]]
    return Ranked(chosen, np.zeros(len(chosen), np.float32), len(rows))


def _of_all(words: list[Term], filters: list[Term]) -> tuple[np.ndarray, int]:
    """Return the scores of all rows, 0 where a document does not match, and how many match."""
    terms = [*filters, *words]
    if len(terms) == 1:
        return terms[0].impacts, terms[0].count
    there = terms[0].impacts > 0
    for term in terms[1:]:
        there &= term.impacts > 0
    total = int(np.count_nonzero(there))
    if not words:
        return there, total
    scores = words[0].impacts * there
    for word in words[1:]:
        scores += word.impacts * there
    return scores, total


def _of_few(
    rarest: Term, rows: np.ndarray, words: list[Term], filters: list[Term]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the rarest term that match, and their scores."""
    # A word can be the rarest only as the first, so its impacts stay the first to be added.
    held = [rarest.impacts] if words and rarest is words[0] else []
    for term in (*filters, *words):
        if term is not rarest:
            impacts, stay = _among(term, rows)
            rows = rows[stay]
            held = [other[stay] for other in held]
            if impacts.dtype != np.bool_:
                held.append(impacts)
    scores = np.zeros(len(rows), np.float32)
    for impacts in held:
        scores += impacts
    return rows, scores


def _among(term: Term, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the impacts of a term on those of some rows that hold it, and which do."""
    if term.rows is None:
        impacts = term.impacts[rows]
        stay = impacts > 0
        return impacts[stay], stay
    places = np.searchsorted(term.rows, rows)
    places[places == term.count] = 0
    stay = term.rows[places] == rows
    return term.impacts[places[stay]], stay
