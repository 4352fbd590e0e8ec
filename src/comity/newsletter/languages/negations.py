"""Counting denials, so that a translation that says the opposite is found.

Words do not map one to one: Spanish says ``no veo nada`` where English denies once. So each side
gives a range: the least and the most denials that its words can mean. A translation passes where
the ranges meet. A word lost from a language with such doubles may leave its companion behind, and
then the count alone cannot tell; that is the price of passing sound sentences.
"""

from __future__ import annotations

from comity.newsletter.languages.translated import Loss, Reason
from comity.newsletter.languages.words import language, words_of


def denials(text: str, code: str) -> tuple[int, int]:
    """Return the least and the most denials in a text.

    Examples
    --------
    >>> denials("We don't know, and nobody said.", "en"), denials("No veo nada.", "es")
    ((2, 2), (1, 2))
    >>> denials("I see nothing without help.", "en"), denials("Nadie ayuda.", "es")
    ((2, 2), (1, 1))
    """
    table = language(code)
    sure = _count(table.denials, text)
    companions = _count(table.companions, text)
    loose = _count(table.loose, text)
    least = sure if sure else min(companions, 1)
    most = sure + companions + (loose if sure else 0) + _count(table.optional, text)
    return least, most


def _count(pattern: str, text: str) -> int:
    return len(words_of(pattern).findall(text)) if pattern else 0


def lost_negations(original: str, translation: str, source: str, target: str) -> tuple[Reason, ...]:
    """Return what is wrong with the denials of a translation."""
    least, most = denials(original, source)
    low, high = denials(translation, target)
    if low <= most and least <= high:
        return ()
    if high < least:
        return (Reason(Loss.NEGATION, f"a negation is lost: {high} of {least}"),)
    return (Reason(Loss.NEGATION, f"a negation is new: {low}, and {most} in the original"),)
