"""Figures and tables of the page about real people, as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core import Certified

JOINED = "\u00a0"  # a space at which an interval is not broken in a narrow column
UNKNOWN = "cannot tell"


@dataclass(frozen=True)
class Line:
    """One line of the summary: what others reported or a yardstick, and what comity finds."""

    data: str
    what: str
    published: str
    ours: str


@dataclass(frozen=True)
class Section:
    """What the page says of one data set.

    Attributes
    ----------
    lines : of the summary at the top of the page.
    text : Markdown.
    figures : what tests compare, by name.
    """

    lines: tuple[Line, ...]
    text: str
    figures: dict[str, float] = field(default_factory=dict)


def number(value: float, digits: int = 2) -> str:
    """Return a number, infinity in words; minus nothing is nothing."""
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "-∞" if value < 0 else "∞"
    shown = f"{value:,.{digits}f}"
    return shown[1:] if float(shown.replace(",", "")) == 0 and shown[0] == "-" else shown


def interval(value: float, low: float, high: float, digits: int = 2) -> str:
    """Return a number with its interval."""
    return f"{number(value, digits)} [{number(low, digits)},{JOINED}{number(high, digits)}]"


def certified(found: Certified, digits: int = 2) -> str:
    """Return a figure with its interval, or that it cannot be told."""
    if found.kind == "unknown":
        return UNKNOWN
    if found.low is None or found.high is None:
        return number(found.value, digits)
    return interval(found.value, found.low, found.high, digits)


def percent(found: Certified, digits: int = 1) -> str:
    """Return a share in percent with its interval, or that it cannot be told."""
    if found.kind == "unknown":
        return UNKNOWN
    if found.low is None or found.high is None:
        return f"{number(100 * found.value, digits)}%"
    ends = f"{number(100 * found.low, digits)},{JOINED}{number(100 * found.high, digits)}"
    return f"{number(100 * found.value, digits)}% [{ends}]"


def lead(
    behind: Certified,
    digits: int = 2,
    *,
    words: tuple[str, str] = ("ahead", "behind"),
    unit: str = "",
    scale: float = 1.0,
) -> str:
    """Return by how much comity is ahead of a yardstick that is so far behind, or the reverse.

    Parameters
    ----------
    behind : of the yardstick; below 0 it is ahead.
    words : for ahead and for behind.
    unit, scale : of what is shown.
    """
    if behind.kind == "unknown":
        return UNKNOWN
    sign = 1 if behind.value >= 0 else -1
    shown = f"{words[0] if sign > 0 else words[1]} by {number(sign * scale * behind.value, digits)}"
    if behind.low is None or behind.high is None:
        return shown + unit
    ends = sorted((sign * scale * behind.low, sign * scale * behind.high))
    return f"{shown}{unit} [{number(ends[0], digits)},{JOINED}{number(ends[1], digits)}]"


def with_error(value: float, error: float, digits: int = 4) -> str:
    """Return an estimate with its standard error, or that it cannot be told."""
    if math.isnan(value):
        return UNKNOWN
    tail = "" if math.isnan(error) else f" ({number(error, digits)})"
    return number(value, digits) + tail


def table(head: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """Return a Markdown table; all columns but the first ones are set to the right."""
    marks = ["---"] * left + ["---:"] * (len(head) - left)
    lines = [head, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def percentiles(drawn: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of percentile intervals of bootstrap draws, over the first axis."""
    low, high = np.quantile(drawn, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    return low, high
