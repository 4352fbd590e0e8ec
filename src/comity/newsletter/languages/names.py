"""Which words of an edition are names, and so stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.languages.words import Language

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = re.compile(rf"(?<![\w'’-])({_CAPITAL}[\w]*(?:[-'’&.](?!s\b)[\w]+)*)")
_GAP = re.compile(r"(?: | & |, (?=(?:Jr|Sr)\b))\Z")
_INSIDE = re.compile(r".[A-Z0-9&]")
"""A capital or digit behind the first letter: MARL, OpenAI, GPT4."""


@dataclass(frozen=True)
class Names:
    """The people of an edition, and words that have a capital inside its sentences."""

    language: Language
    people: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    @cached_property
    def _singles(self) -> frozenset[str]:
        return self.seen | {word for name in self.people for word in name.split() if len(word) > 1}

    @cached_property
    def _translated(self) -> frozenset[str]:
        """Words whose capital makes no name: days, languages, openers of sentences."""
        return frozenset(self.language.capitals.split()) | frozenset(self.language.starters.split())

    @cached_property
    def _people(self) -> re.Pattern[str] | None:
        longest = sorted(self.people, key=len, reverse=True)
        return (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
            if longest
            else None
        )

    def find(self, sentence: str) -> tuple[tuple[int, int], ...]:
        """Return where names stand in a sentence, each run of capitals as one, in order."""
        spans = [match.span() for match in self._people.finditer(sentence)] if self._people else []
        runs: list[tuple[int, int]] = []
        opens = True
        for match in _NAME.finditer(sentence):
            start, end = match.span()
            if any(a < end and start < b for a, b in spans):
                opens = False
                continue
            opens = opens and not re.search(r"\w|\ue000", sentence[:start])
            if not self._is_name(match[0], opens=opens):
                continue
            if runs and _GAP.match(sentence[runs[-1][1] : start]):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return tuple(sorted([*spans, *runs]))

    def _is_name(self, word: str, *, opens: bool) -> bool:
        if word in self._translated:
            return False
        return not opens or word in self._singles or bool(_INSIDE.search(word))


def names_of(sentences: Iterable[str], people: frozenset[str], language: Language) -> Names:
    """Return the names of an edition, from its people and from capitals inside its sentences.

    Examples
    --------
    >>> from comity.newsletter.languages.words import language
    >>> names = names_of(["We met Mark Hope on Monday.", "Hope won."], frozenset(), language("en"))
    >>> names.find("Hope won."), names.find("This won.")
    (((0, 4),), ())
    """
    first = Names(language, people)
    seen: set[str] = set()
    for sentence in sentences:
        for start, end in first.find(sentence):
            seen |= {word for word in sentence[start:end].split() if len(word) > 1}
    return Names(language, people, frozenset(seen))
