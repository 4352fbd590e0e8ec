"""Finding an entry by its title, as people type titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.model.entry import Entry
from comity.newsletter.text.characters import bare, looks

SUGGESTED = 3
"""Most titles that are suggested for one that nobody has."""
ALIKE = 0.5
"""Share of words, of all in either, from which one title is suggested for another."""

_SAME = str.maketrans(
    {
        **dict.fromkeys('‘’‚‛“”„‟«»‹›`´′″"', "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_WORD = re.compile(r"\w+")


def normalised(title: str) -> str:
    r"""Return what two spellings of one title have in common.

    Examples
    --------
    >>> normalised("“Fairness”  —\n in games.") == normalised("'fairness' - In Games")
    True
    """
    text = unicodedata.normalize("NFKC", bare(title).translate(_SAME)).translate(_SAME)
    folded = " ".join(text.casefold().split())
    return folded.rstrip(". ") or folded


@dataclass(frozen=True)
class Titles:
    """Titles of all entries; made once for many look-ups."""

    titles: Mapping[str, str]
    """Title of each id."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Titles:
        """Return the titles of some entries."""
        return cls({entry.id: entry.title for entry in entries})

    def find(self, title: str) -> tuple[str, ...]:
        """Return the ids of a title: of those that look as it does or, failing that, normalised.

        Titles that nobody can tell apart are the same, though their characters may differ.
        """
        return self._looks.get(looks(title)) or self._normalised.get(normalised(title), ())

    def suggest(self, title: str) -> tuple[str, ...]:
        """Return the titles that share most words with one that nobody has, best first."""
        wanted = frozenset(_WORD.findall(normalised(title)))
        shared: dict[str, int] = {}
        for word in wanted:
            for key in self._words.get(word, ()):
                shared[key] = shared.get(key, 0) + 1
        scores = {
            key: count / (len(wanted) + self._lengths[key] - count) for key, count in shared.items()
        }
        best = sorted((-score, self.titles[key]) for key, score in scores.items() if score >= ALIKE)
        return tuple(title for _, title in best[:SUGGESTED])

    @cached_property
    def _looks(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((looks(title), key) for key, title in self.titles.items())

    @cached_property
    def _normalised(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((normalised(title), key) for key, title in self.titles.items())

    @cached_property
    def _words(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((word, key) for key, words in self._bags.items() for word in words)

    @cached_property
    def _bags(self) -> Mapping[str, frozenset[str]]:
        return {
            key: frozenset(_WORD.findall(normalised(title))) for key, title in self.titles.items()
        }

    @cached_property
    def _lengths(self) -> Mapping[str, int]:
        return {key: len(words) for key, words in self._bags.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name, key in pairs:
        groups.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in groups.items()}
