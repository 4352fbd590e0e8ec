"""Plain words for numbers, chances, counts and certified figures."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from comity.core.certified import Certified

RARE = 1e-6
"""Chances below this count as none."""


KINDS: dict[str, str] = {
    "exact": "exact",
    "upper_bound": "upper bound",
    "lower_bound": "lower bound",
    "estimate": "estimate",
    "unknown": "cannot tell",
}
"""What sort of figure a certificate holds."""


def clean(text: object) -> str:
    """Return ``text`` without control characters, so that a name cannot steer a terminal."""
    return "".join(
        " " if c in "\n\t\r" else c for c in str(text) if c in "\n\t\r" or _printable(c)
    ).strip()


def _printable(character: str) -> bool:
    """Whether a character shows itself; joiners stay, as emoji and many scripts need them."""
    category = unicodedata.category(character)
    return category not in {"Cc", "Cs", "Co"} and character not in "\u202a\u202b\u202c\u202d\u202e"


def number(value: float, digits: int = 3) -> str:
    """Return a number with about three significant digits and a true minus sign.

    Examples
    --------
    >>> number(-1.7512), number(12345.6), number(2.0), number(0.00001)
    ('−1.75', '12,346', '2', '0')
    """
    if not math.isfinite(value):
        return "unknown" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    size = abs(value)
    if size < 10.0**-digits / 2:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(size))) if size < 10**digits else 0
    text = f"{size:,.{min(places, digits)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("−" if value < 0 and text != "0" else "") + text


def signed(value: float) -> str:
    """Return a change with its sign; ``±0`` where there is none."""
    text = number(value)
    return "±0" if text == "0" else text if text[0] in "−∞u" else f"+{text}"


def chance(probability: float) -> str:
    """Return a chance as people say it.

    Examples
    --------
    >>> chance(0.75), chance(0.5), chance(1 / 3), chance(1.0), chance(0.6180339)
    ('3 times in 4', 'every other time', '1 time in 3', 'always', 'about 62 times in 100')
    """
    if probability >= 1 - RARE:
        return "always"
    if probability <= RARE:
        return "never"
    if probability < 0.005 or probability > 0.995:
        return "almost never" if probability < 0.5 else "almost always"
    simple = Fraction(probability).limit_denominator(10)
    off = abs(float(simple) - probability)
    if off < 0.006 and 0 < simple < 1:
        return ("" if off < 1e-4 else "about ") + _in_words(simple)
    hundredths = round(100 * probability)
    about = "" if abs(hundredths / 100 - probability) < 1e-4 else "about "
    return f"{about}{hundredths} time{'s' * (hundredths > 1)} in 100"


def _in_words(share: Fraction) -> str:
    if share == Fraction(1, 2):
        return "every other time"
    return f"{share.numerator} time{'s' * (share.numerator > 1)} in {share.denominator}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Return items as a sentence lists them: ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def ended(text: str) -> str:
    """Return a sentence with one full stop, or the mark it ends with."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def counted(count: int, thing: str) -> str:
    """Return a count with its noun: ``1 day``, ``2 days``."""
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def certified(figure: Certified) -> str:
    """Return a certified figure with the claim it makes: ``at most 0.3``, ``cannot tell``."""
    if figure.kind == "unknown" or math.isnan(figure.value):
        return "cannot tell"
    word = {"upper_bound": "at most ", "lower_bound": "at least ", "estimate": "about "}
    text = word.get(figure.kind, "") + number(figure.value)
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        text += f" (between {number(figure.low)} and {number(figure.high)})"
    return text
