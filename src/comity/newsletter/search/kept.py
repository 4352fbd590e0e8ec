"""What a process keeps of indexes between searches: the terms last asked for, decoded."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from comity.newsletter.search.ranking import Lengths, Term

MOST_BYTES = 128 << 20
"""Bytes that the terms of one index take; a publication of thousands takes a few of them."""

Version = tuple[int, str]
"""The content and the settings that an index is of."""


class Kept:
    """Terms of one version of an index; those that were not asked for longest make room."""

    def __init__(self, version: Version, lengths: Lengths, most: int = MOST_BYTES) -> None:
        self.version = version
        self.lengths = lengths
        self._most = most
        self._terms: OrderedDict[str, Term] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, name: str) -> Term | None:
        """Return a term if it is kept."""
        with self._lock:
            term = self._terms.get(name)
            if term is not None:
                self._terms.move_to_end(name)
            return term

    def keep(self, name: str, term: Term) -> Term:
        """Keep a term and return it."""
        with self._lock:
            if name not in self._terms:
                self._terms[name] = term
                self._bytes += term.size
            while self._bytes > self._most and len(self._terms) > 1:
                self._bytes -= self._terms.popitem(last=False)[1].size
        return term


_KEPT: WeakKeyDictionary[Engine, dict[str, Kept]] = WeakKeyDictionary()


def kept_of(engine: Engine, audience: str, version: Version) -> Kept | None:
    """Return what is kept of the index of an audience, if it is of that version."""
    kept = _KEPT.get(engine, {}).get(audience)
    return kept if kept is not None and kept.version == version else None


def keep(engine: Engine, audience: str, kept: Kept) -> Kept:
    """Keep the index of an audience in place of what was kept of it."""
    _KEPT.setdefault(engine, {})[audience] = kept
    return kept
