"""Numbers, chances, lists, times and durations as each language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from comity.core.page.words import number as plain_number
from comity.language.catalogue import Words

RARE = 1e-6
"""Chances below this count as none."""

ROUGH = 0.006
"""How far a simple fraction may be off and still stand for a chance, with "about"."""

UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


def number(words: Words, value: float) -> str:
    """Return a number with about three significant digits.

    Examples
    --------
    >>> from comity.language import words_of
    >>> number(words_of("de"), 12345.6), number(words_of("en"), -0.25)
    ('12.346', '−0.25')
    """
    text = plain_number(value).replace(",", "\0").replace(".", words.say("format.decimal"))
    return text.replace("\0", words.say("format.group"))


def signed(words: Words, value: float) -> str:
    """Return a change with its sign."""
    text = number(words, value)
    return text if text == "0" or value < 0 else f"+{text}"


def chance(words: Words, probability: float) -> str:
    """Return a chance as people say it.

    Examples
    --------
    >>> from comity.language import words_of
    >>> chance(words_of("en"), 0.75), chance(words_of("es"), 1 / 3), chance(words_of("zh"), 0.618)
    ('3 times in 4', '1 vez de cada 3', '大约每 100 次中有 62 次')
    """
    extremes = (
        (probability >= 1 - RARE, "always"),
        (probability <= RARE, "never"),
        (probability < 0.005, "rarely"),
        (probability > 0.995, "mostly"),
    )
    for holds, name in extremes:
        if holds:
            return words.say(f"chance.{name}")
    simple = Fraction(probability).limit_denominator(10)
    if abs(float(simple) - probability) >= ROUGH or not 0 < simple < 1:
        count, of = round(100 * probability), 100
    else:
        count, of = simple.numerator, simple.denominator
    text = words.say("chance.share", n=count, of=of)
    exact = math.isclose(count / of, probability, abs_tol=1e-4)
    return text if exact else words.say("chance.about", chance=text)


def listed(words: Words, items: Sequence[str], word: str = "and") -> str:
    """Return items as a sentence lists them; ``word`` is ``and`` or ``or``."""
    if len(items) < 2:
        return "".join(items)
    return words.say("format.comma").join(items[:-1]) + words.say(f"format.{word}") + items[-1]


def duration(words: Words, seconds: float) -> str:
    """Return a stretch of time in its largest whole unit.

    Examples
    --------
    >>> from comity.language import words_of
    >>> duration(words_of("en"), 86_400), duration(words_of("en"), 5_400)
    ('1 day', '90 minutes')
    """
    whole = max(0, round(seconds))
    name, size = next(
        (unit for unit in UNITS if whole >= unit[1] and whole % unit[1] == 0), UNITS[-1]
    )
    return words.say(f"time.{name}", n=whole // size)


def moment(words: Words, milliseconds: int) -> str:
    """Return a time in UTC, from milliseconds since 1970."""
    when = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return words.say(
        "format.date",
        day=when.day,
        month=words.entry("format.months")[when.month - 1],
        year=when.year,
        hour=f"{when.hour:02}",
        minute=f"{when.minute:02}",
    )
