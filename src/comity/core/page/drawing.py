"""Sheets, scales and ticks: from quantities to pixels."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from comity.core.page.labels import Box


@dataclass(frozen=True)
class Sheet:
    """Size of a drawing, in pixels."""

    width: float
    height: float
    size: float
    wrap: int
    left: float = 52
    bottom: float = 46
    margin: float = 16
    top: float = 28

    @property
    def frame(self) -> Box:
        """The plotting area."""
        return Box(self.left, self.top, self.width - self.margin, self.height - self.bottom)


WIDE = Sheet(680, 500, 15, 26)
NARROW = Sheet(360, 400, 13, 18, left=40, bottom=42, margin=10, top=26)


@dataclass(frozen=True)
class Scale:
    """A linear scale from a quantity to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def scale_around(values: np.ndarray, start: float, end: float) -> Scale:
    """Return a scale on which all values lie within the pixels, with room at both ends."""
    low, high = float(values.min()), float(values.max())
    spread = (high - low) or max(1.0, abs(high))
    return Scale(low - 0.06 * spread, high + 0.08 * spread, start, end)


def path(points: Iterable[tuple[float, float]] | np.ndarray, x: Scale, y: Scale) -> str:
    """Return points as an SVG path of straight lines."""
    return "M" + "L".join(f"{x(p):g} {y(q):g}" for p, q in points)


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return a text in lines of about ``width`` letters, at most three, the last cut if need be."""
    lines = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][: width - 1] + "…"]
    return tuple(lines)


def ticks(low: float, high: float, count: int) -> list[float]:
    """Return about ``count`` round numbers within [low, high]."""
    raw = (high - low) / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)]
