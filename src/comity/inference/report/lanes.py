"""Dots with intervals on lanes, one below the other: the forest plot of a page, in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core.page.drawing import Scale, scale_around, ticks, wrapped
from comity.core.page.words import number
from comity.inference.report.words import percent


@dataclass(frozen=True)
class Dot:
    """A value with its interval.

    Attributes
    ----------
    value, low, high : ``nan`` where there is none.
    tone : class that colours it.
    shape : ``disc``, ``ring``, ``square`` or ``diamond``.
    title : what a pointer that rests on it reads.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    tone: str = ""
    shape: str = "disc"
    title: str = ""


@dataclass(frozen=True)
class Lane:
    """A line of a plot: its name, its dots, and figures beside them."""

    label: str
    dots: tuple[Dot, ...]
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    """Where things stand on a screen of one size, in pixels.

    Attributes
    ----------
    start, end : of the plot itself.
    wrap : letters of a name that go on one line.
    beside : whether names stand beside their lane, or above it.
    """

    name: str
    width: float
    size: float
    start: float
    end: float
    wrap: int
    beside: bool

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return round(1.25 * self.size, 1)


WIDE = Sheet("wide", 720, 14.5, 240, 560, 28, True)
NARROW = Sheet("narrow", 360, 13, 12, 348, 26, False)

DODGE = 11.0
"""Pixels between the dots of one lane."""


@dataclass(frozen=True)
class Track:
    """A lane in pixels."""

    lines: tuple[tuple[float, str], ...]
    text: tuple[float, str]
    dots: tuple[tuple[float, float, float, float, Dot], ...]
    top: float


@dataclass(frozen=True)
class Plot:
    """Lanes over one axis, ready for a template to draw."""

    sheet: Sheet
    height: float
    bottom: float
    ticks: list[tuple[float, str]]
    reference: float | None
    tracks: tuple[Track, ...]
    axis: str = ""


@dataclass(frozen=True)
class Lanes:
    """Lanes for large and small screens.

    Attributes
    ----------
    lanes : what is drawn.
    axis : name of the quantity.
    span : ends of the axis; from the values unless given.
    reference : a value with a line through all lanes; the axis holds it.
    shares : whether the quantity is shown in per cent.
    """

    lanes: Sequence[Lane]
    axis: str = ""
    span: tuple[float, float] | None = None
    reference: float | None = None
    shares: bool = False
    sizes: tuple[Plot, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sizes", (self._plot(WIDE), self._plot(NARROW)))

    def _plot(self, sheet: Sheet) -> Plot:
        scale = self._scale(sheet)
        top = 4.0
        tracks = []
        for lane in self.lanes:
            track, top = _track(lane, sheet, scale, top)
            tracks.append(track)
        count = 5 if sheet.beside else 4
        words = percent if self.shares else number
        return Plot(
            sheet,
            round(top + 1.7 * sheet.size + (1.2 * sheet.line if self.axis else 0), 1),
            top,
            [(scale(t), words(t)) for t in ticks(scale.low, scale.high, count)],
            None if self.reference is None else scale(self.reference),
            tuple(tracks),
            self.axis,
        )

    def _scale(self, sheet: Sheet) -> Scale:
        if self.span is not None:
            return Scale(*self.span, sheet.start, sheet.end)
        values = [v for lane in self.lanes for dot in lane.dots for v in _finite(dot)]
        values += [] if self.reference is None else [self.reference]
        if not values:
            return Scale(0.0, 1.0, sheet.start, sheet.end)
        return scale_around(np.array(values), sheet.start, sheet.end)


def _finite(dot: Dot) -> Iterator[float]:
    return (v for v in (dot.value, dot.low, dot.high) if math.isfinite(v))


def _track(lane: Lane, sheet: Sheet, scale: Scale, top: float) -> tuple[Track, float]:
    """Return a lane in pixels from ``top`` on, and where the next one starts."""
    lines = wrapped(lane.label, sheet.wrap)
    words, plot = sheet.line * len(lines), max(20.0, DODGE * len(lane.dots) + 8)
    height = max(words + 6, plot) + 4 if sheet.beside else words + plot + 6
    first = top + (height - words) / 2 + sheet.size if sheet.beside else top + sheet.line
    middle = top + height / 2 if sheet.beside else top + words + plot / 2 + 2
    start = middle - DODGE * (len(lane.dots) - 1) / 2
    dots = tuple(
        _placed(dot, scale, round(start + DODGE * k, 1)) for k, dot in enumerate(lane.dots)
    )
    placed = tuple((round(first + k * sheet.line, 1), line) for k, line in enumerate(lines))
    beside = middle + 0.35 * sheet.size if sheet.beside else first
    return Track(placed, (round(beside, 1), lane.text), dots, round(top, 1)), round(top + height, 1)


def _placed(dot: Dot, scale: Scale, y: float) -> tuple[float, float, float, float, Dot]:
    """Return a dot's pixels and the ends of its interval, which stop where the axis does."""
    if not math.isfinite(dot.value):
        return math.nan, y, math.nan, math.nan, dot
    if math.isnan(dot.low) or math.isnan(dot.high):
        return scale(dot.value), y, math.nan, math.nan, dot
    low, high = max(dot.low, scale.low), min(dot.high, scale.high)
    return scale(dot.value), y, scale(low), scale(high), dot
