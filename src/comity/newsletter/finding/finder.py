"""Which entries are related to a text, and in which category it may belong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from comity.core import Result
from comity.newsletter.finding.tfidf import Vectors
from comity.newsletter.finding.words import entry_words
from comity.newsletter.model.entry import Entry

NEIGHBOURS = 15
"""Entries that vote on a category."""
LEAST = 0.05
"""Least likeness at which entries are called related."""
SHARED = 4
"""Words that explain a likeness."""


class Related(NamedTuple):
    """An entry that is like a text."""

    entry: str
    likeness: float
    """Cosine, from 0 to 1."""
    words: tuple[str, ...]
    """What they share, most telling first."""


class Suggestion(NamedTuple):
    """A category in which a text may belong."""

    category: str
    share: float
    """Of the votes of the entries most like it; no probability."""


class Finder(Protocol):
    """Finds among entries by what they are about."""

    def related(self, entry: Entry, most: int = 6) -> tuple[Related, ...]:
        """Return the entries most like one, which may be unsaved; never itself."""

    def suggest(self, entry: Entry, most: int = 3) -> tuple[Suggestion, ...]:
        """Return categories for an entry, best first; nothing where nothing is known."""


@dataclass(frozen=True)
class Accuracy(Result):
    """How often suggested categories are those that editors chose, each entry left out in turn."""

    entries: int
    first: float
    """Share whose first suggestion is right."""
    among_three: float
    """Share whose category is among the first three."""
    most_common: float
    """Share that lies in the most common category: what is right without looking."""


class PlainFinder:
    """Finds by the words that texts share, weighted by how telling they are.

    A category is suggested by the votes of the entries most alike, each with its likeness (Yang
    1999, kNN). Making it takes time in proportion to all texts; a question, to the entries that
    share a word.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._counts = [entry_words(entry) for entry in self.entries]
        self._vectors = Vectors(self._counts)
        self._places = {entry.id: place for place, entry in enumerate(self.entries)}

    def related(self, entry: Entry, most: int = 6) -> tuple[Related, ...]:
        """Return the entries most like one, which may be unsaved; never itself."""
        count = entry_words(entry)
        likeness = self._likeness(entry, count)
        return tuple(
            Related(self.entries[place].id, float(likeness[place]), self._shared(count, place))
            for place in _best(likeness, most)
            if likeness[place] >= LEAST
        )

    def suggest(self, entry: Entry, most: int = 3) -> tuple[Suggestion, ...]:
        """Return categories for an entry, best first; nothing where nothing is known."""
        likeness = self._likeness(entry, entry_words(entry))
        likeness[[not other.category for other in self.entries]] = 0.0
        votes: defaultdict[str, float] = defaultdict(float)
        for place in _best(likeness, NEIGHBOURS):
            if likeness[place] > 0:
                votes[self.entries[place].category] += float(likeness[place])
        whole = sum(votes.values())
        best = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return tuple(Suggestion(category, vote / whole) for category, vote in best[:most])

    def accuracy(self) -> Accuracy:
        """Return how good the suggestions are for the entries there are, each left out in turn."""
        filed = [entry for entry in self.entries if entry.category]
        found = [(e.category, [s.category for s in self.suggest(e)]) for e in filed]
        common = Counter(entry.category for entry in filed).most_common(1)
        n = max(len(filed), 1)
        return Accuracy(
            len(filed),
            sum(right in best[:1] for right, best in found) / n,
            sum(right in best for right, best in found) / n,
            common[0][1] / n if common else 0.0,
        )

    def _likeness(self, entry: Entry, count: Counter[str]) -> np.ndarray:
        likeness = self._vectors.cosines(count)
        own = self._places.get(entry.id)
        if own is not None:
            likeness[own] = 0.0
        return likeness

    def _shared(self, count: Counter[str], place: int) -> tuple[str, ...]:
        vectors, other = self._vectors, self._counts[place]
        common = [word for word in count if word in other]
        common.sort(key=lambda word: (-vectors.rarity[vectors.terms[word]], word))
        return tuple(common[:SHARED])


def _best(scores: np.ndarray, most: int) -> list[int]:
    """Return the places of the largest scores, largest first; ties in the order of the sheet."""
    if len(scores) > most:
        edge = np.partition(scores, -most)[-most]
        places = np.flatnonzero(scores >= edge)
    else:
        places = np.arange(len(scores))
    return [int(place) for place in sorted(places, key=lambda p: (-scores[p], p))[:most]]
