"""What must be true of a translated sentence before anybody reads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from comity.newsletter.languages.negations import lost_negations
from comity.newsletter.languages.numbers import lost_numbers
from comity.newsletter.languages.translated import Loss, Reason

MOST_UNKNOWN = 0.5
"""A sentence of which the engine knows less than this part is no translation."""
_WORDS = re.compile(r"[^\W\d_]{2,}")


def check(
    original: str,
    translation: str,
    *,
    source: str,
    target: str,
    kept: Sequence[str] = (),
    unknown: int = 0,
) -> tuple[Reason, ...]:
    """Return why a translation of one sentence must not be published; nothing where it may.

    `kept` are names, links and whatever else must stand in both, as often in one as in the other;
    `unknown` counts the words that the engine did not know. Numbers and denials are counted in
    what is left.

    Examples
    --------
    >>> check("Ada does not own 1,000.5 shares.", "Ada no tiene 1.000,5 acciones.",
    ...       source="en", target="es", kept=["Ada"])
    ()
    >>> for reason in check("Ada does not own 95 shares.", "Bea tiene 59 acciones.",
    ...                     source="en", target="es", kept=["Ada"]):
    ...     print(reason)
    Ada is lost
    the number 95 is lost
    the number 59 is new
    a negation is lost: 0 of 1
    """
    if not translation.strip():
        return (Reason(Loss.SILENCE, "the engine said nothing"),)
    before, here = _apart(original, kept)
    after, there = _apart(translation, kept)
    words = len(_WORDS.findall(before))
    reasons = [
        *(Reason(Loss.NAME, f"{name} is lost") for name in here - there),
        *(Reason(Loss.NAME, f"{name} is new") for name in there - here),
        *lost_numbers(before, after, source, target),
        *lost_negations(before, after, source, target),
    ]
    if unknown > MOST_UNKNOWN * max(words, 1):
        said = f"the engine does not know {unknown} of {words} words"
        reasons.append(Reason(Loss.UNKNOWN, said))
    return tuple(reasons)


def _apart(text: str, kept: Sequence[str]) -> tuple[str, Counter[str]]:
    """Return a text without what is kept, and how often each of that stood there."""
    if not kept:
        return text, Counter()
    longest = sorted(set(kept), key=len, reverse=True)
    pattern = re.compile(
        "|".join(rf"{_edge(k[:1], '<!')}{re.escape(k)}{_edge(k[-1:], '!')}" for k in longest)
    )
    return pattern.sub(" ", text), Counter(pattern.findall(text))


def _edge(character: str, look: str) -> str:
    """Return what asks that a word is whole, where a piece begins or ends with a letter."""
    return rf"(?{look}\w)" if character.isalnum() else ""
