"""Which entries are like each entry, for all pages of a site at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from comity.newsletter.finding.finder import LEAST
from comity.newsletter.finding.tfidf import Vectors
from comity.newsletter.finding.words import entry_words
from comity.newsletter.model.entry import Entry

MOST = 5
AT_ONCE = 256
"""Entries that are compared with all others in one step."""


def related(entries: Sequence[Entry], most: int = MOST) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the entries most like each, most alike first; never itself.

    The same likeness as `comity.newsletter.finding.finder.PlainFinder`, by which the live site
    answers for one entry; here as products of sparse matrices, in time with the pairs that share
    a word. Equal ones come in the order of the sheet.
    """
    rows = Vectors([entry_words(entry) for entry in entries]).rows
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(entries), AT_ONCE):
        likeness = (rows[start : start + AT_ONCE] @ rows.T).toarray()
        for place, row in enumerate(likeness, start):
            row[place] = 0.0
            found[entries[place].id] = tuple(entries[k].id for k in _best(row, most))
    return found


def _best(row: np.ndarray, most: int) -> np.ndarray:
    """Return the places of the largest numbers that are large enough, largest first."""
    least = np.partition(row, -most)[-most] if len(row) > most else 0.0
    places = np.flatnonzero(row >= max(least, LEAST))
    return places[np.argsort(-row[places], kind="stable")][:most]
