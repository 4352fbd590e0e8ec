"""From written text to words that a voice can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from comity.newsletter.audio.speech.english import ENGLISH
from comity.newsletter.audio.speech.maths import say_maths
from comity.newsletter.audio.speech.phrases import base, phrases
from comity.newsletter.audio.speech.rules import COMMON, PUNCTUATION, Rule, Speaker

RULES: Mapping[str, tuple[Rule, ...]] = {"en": ENGLISH}
"""Rules by language. In others numbers and acronyms are left to the voice, which knows them."""
LONGEST = 20_000
"""Characters that are looked at in one go; longer texts are cut at a blank."""
HELD = range(0xF0000, 0xFFFFD)
"""Characters of no meaning that stand for something already said."""


class Normaliser:
    """Says texts of one publication in one language.

    Parameters
    ----------
    language : as in ``publication.toml``: ``en``, ``es``, ``pt-BR``.
    lexicon : how words of the publication's own are said; they come before all other rules, but
        for addresses.
    short : what stands before the number of an issue, so that ``AN #12`` is ``issue twelve``.

    Examples
    --------
    >>> normaliser = Normaliser(lexicon={"CGS": "C G S"}, short="AN")
    >>> normaliser.say("CGS (AN #12) cut it by ~5%, e.g. in MDPs.")
    "C G S, issue twelve, cut it by about five percent, for example in M D P's."
    """

    def __init__(
        self, language: str = "en", lexicon: Mapping[str, str] | None = None, short: str = ""
    ) -> None:
        self.language = base(language)
        self.phrases = phrases(language)
        self._speaker = Speaker(self.phrases.__getitem__, self._apply)
        own = self._own(lexicon or {}, short)
        self._rules = (*COMMON[:3], *own, *COMMON[3:], *RULES.get(self.language, ()), *PUNCTUATION)
        self._found = _compiled(tuple(rule.pattern for rule in self._rules))

    def say(self, text: str) -> str:
        """Return how a text is said, in one line."""
        clean = re.sub(r"[\x00-\x1f\x7f\ue000-\uf8ff\ud800-\udfff]+", " ", text)
        clean = re.sub("(?<=[0-9])[\u2009\u202f\xa0](?=[0-9]{3}(?![0-9]))", ",", clean)
        return tidy("".join(self._apply(part) for part in _cut(clean)))

    def maths(self, latex: str) -> str:
        """Return how a formula is said."""
        if self.language in RULES:
            return say_maths(latex, self.say, self.phrases["formula"])
        plain = latex.strip()
        return (
            plain if re.fullmatch(r"[A-Za-z]|\d+(?:[.,]\d+)?", plain) else self.phrases["formula"]
        )

    def code(self, source: str) -> str:
        """Return how code inside a sentence is said: names in their parts, signs by their names."""
        if self.language not in RULES:
            return source
        text = re.sub(r"\(\s*\)", "", source)
        text = re.sub(r"(?<=\w)[._](?=\w)|_+", " ", text)
        text = re.sub(r"==", " equals ", text)
        return self.say(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))

    def _apply(self, text: str) -> str:
        return self._found.any.sub(self._one, text)

    def _one(self, found: re.Match[str]) -> str:
        index = int(str(found.lastgroup)[1:])
        again = self._found.each[index].match(found.string, found.start())
        assert again is not None
        return self._rules[index].say(again, self._speaker)

    def _own(self, lexicon: Mapping[str, str], short: str) -> tuple[Rule, ...]:
        rules = []
        if lexicon:
            words = "|".join(map(re.escape, sorted(lexicon, key=len, reverse=True)))
            rules.append(
                Rule(rf"(?<!\w)({words})(['’]s)?(?!\w)", lambda m, s: lexicon[m[1]] + (m[2] or ""))
            )
        if short:
            label = rf"(?<!\w){re.escape(short)}\s?#(\d+)\b"
            issue = self.phrases["issue"]
            rules.append(Rule(label, lambda m, s: issue.format(number=s.text(m[1]))))
        return tuple(rules)


class Unsaid(Normaliser):
    """Leaves texts as they are written, for whoever asks only what is shown: ten times as fast."""

    def say(self, text: str) -> str:
        """Return the text."""
        return text

    def maths(self, latex: str) -> str:
        """Return the formula."""
        return latex

    def code(self, source: str) -> str:
        """Return the code."""
        return source


class _Patterns(NamedTuple):
    any: re.Pattern[str]
    """All patterns; the group that matched last is named by the rule's place."""
    each: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=16)
def _compiled(patterns: tuple[str, ...]) -> _Patterns:
    """Compile patterns, once for all texts: together they take a tenth of a second."""
    named = (f"(?P<r{place}>{pattern})" for place, pattern in enumerate(patterns))
    return _Patterns(re.compile("|".join(named)), tuple(map(re.compile, patterns)))


def tidy(words: str) -> str:
    """Return words with single blanks and one sign of punctuation between them.

    >>> tidy(" a ,  , b ( , . c")
    'a, b. c'
    """
    text = re.sub(r"(?<=\s)-(?=[^\W\d_])", "", " ".join(words.split()))
    # So many brackets, and no more: a text of nothing else would be read from each of them.
    text = re.sub(r"\s?[,(\[]{0,9}\s?([,;:.!?])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"([,;:])\s*(?=[.!?])|(?<=[.!?])(?:\s*[,;:])+", "", text)
    text = re.sub(r"([,;:!?])(?=\w)", r"\1 ", text)
    return text.strip(" ,;")


def _cut(text: str) -> list[str]:
    parts = []
    while len(text) > LONGEST:
        at = text.rfind(" ", 0, LONGEST) + 1 or LONGEST
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]
