"""Plain words for estimates, shares and sizes: the vocabulary of page and terminal."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from comity.core import Certified
from comity.core.page.words import clean, number

CANNOT_TELL = "cannot tell"

BOUNDS = {"upper_bound": "at most ", "lower_bound": "at least "}

STATUS = {True: "stands", False: "fell", None: CANNOT_TELL}
"""What became of an explanation, in a word."""

KINDS = {
    "explanation": "one explanation for all",
    "mixture": "mixture of explanations",
    "individual": "everyone by itself",
    "yardstick": "yardstick",
}
"""What sort of predictor it is."""

MILLION = 1_000_000


@dataclass(frozen=True)
class Shown:
    """A figure in words.

    Attributes
    ----------
    value : the figure, or ``cannot tell``.
    interval : ``0.1 to 0.4``; empty where there is none.
    why : why it cannot be told, or is infinite; empty otherwise.
    """

    value: str
    interval: str = ""
    why: str = ""

    def __str__(self) -> str:
        return f"{self.value} ({self.interval})" if self.interval else self.value


def shown(figure: Certified) -> Shown:
    """Return a figure with as many decimals as its interval deserves.

    Examples
    --------
    >>> str(shown(Certified.estimate(0.015612, 0.0151, 0.0162)))
    '0.0156 (0.0151 to 0.0162)'
    """
    if untold(figure):
        return Shown(CANNOT_TELL, why=sentence(figure.method))
    if figure.low is None or figure.high is None or not figure.low < figure.high:
        why = sentence(figure.method) if math.isinf(figure.value) else ""
        return Shown(BOUNDS.get(figure.kind, "") + number(figure.value), why=why)
    three = (figure.value, figure.low, figure.high)
    places = decimals(figure.high - figure.low)
    while places and all(rounded(v, places).endswith("0") for v in three):
        places -= 1
    value, low, high = (rounded(v, places) for v in three)
    if low == high:
        return Shown(number(figure.value))
    return Shown(value, f"{low} to {high}")


def shown_share(figure: Certified) -> Shown:
    """Return a share in per cent."""
    if untold(figure):
        return Shown(CANNOT_TELL, why=sentence(figure.method))
    text = BOUNDS.get(figure.kind, "") + percent(figure.value)
    if figure.low is None or figure.high is None:
        return Shown(text)
    return Shown(text, share_range(figure.low, figure.high))


def share_range(low: float, high: float) -> str:
    """Return two shares as ``30% to 45%``; empty where they read the same."""
    ends = (percent(low), percent(high))
    return " to ".join(ends) if ends[0] != ends[1] else ""


def sentence(text: object) -> str:
    """Return a sentence that was made elsewhere, clean and with true minus signs.

    Examples
    --------
    >>> sentence("delta is at -0.5, the end of -1 to 1 (Charness-Rabin 2002-3)")
    'delta is at −0.5, the end of −1 to 1 (Charness-Rabin 2002-3)'
    """
    return re.sub(r"(?<![\w.])-(?=\.?\d)", "−", clean(text))


def untold(figure: Certified | None) -> bool:
    """Whether a figure says "cannot tell"."""
    return figure is None or figure.kind == "unknown" or math.isnan(figure.value)


def decimals(width: float) -> int:
    """Return how many decimals show an interval of this width with two digits."""
    if not math.isfinite(width):
        return 2
    return min(6, max(0, 1 - math.floor(math.log10(width))))


def rounded(value: float, places: int) -> str:
    """Return a number with so many decimals and a true minus sign.

    Examples
    --------
    >>> rounded(-0.27314, 3), rounded(1234.5, 0), rounded(-0.001, 2)
    ('−0.273', '1,234', '0.00')
    """
    if not math.isfinite(value) or value == 0:
        return number(value)
    text = f"{abs(value):,.{places}f}"
    return ("−" if value < 0 and float(text.replace(",", "")) else "") + text


def percent(share: float) -> str:
    """Return a share in per cent, whole unless it is near 0 or 1.

    Examples
    --------
    >>> percent(0.457), percent(0.004), percent(0.9999), percent(0.0)
    ('46%', '0.4%', 'over 99.9%', '0%')
    """
    if math.isnan(share):
        return "unknown"
    if share in (0.0, 1.0):
        return f"{100 * share:.0f}%"
    if share < 0.001:
        return "under 0.1%"
    if share > 0.999:
        return "over 99.9%"
    return f"{100 * share:.{0 if 0.0095 <= share <= 0.9905 else 1}f}%"


def needed(count: float) -> str:
    """Return how many are needed, rounded up; ``never`` where no number is enough.

    Examples
    --------
    >>> needed(33.2), needed(3741.7), needed(2.1e6), needed(float("inf"))
    ('34', '3,742', '2.1 million', 'never')
    """
    if math.isnan(count):
        return CANNOT_TELL
    if math.isinf(count):
        return "never"
    if count < MILLION:
        return f"{max(1, math.ceil(count - 1e-9)):,}"
    for unit, word in ((1e6, "million"), (1e9, "billion")):
        if count < 999.5 * unit:
            return f"{count / unit:.3g} {word}"
    return "over a trillion"
