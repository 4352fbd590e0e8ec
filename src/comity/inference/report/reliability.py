"""How often what was predicted came about: the calibration plot, in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from comity.core.page.drawing import Scale
from comity.inference.report.words import percent
from comity.inference.results import Calibration

SIZE, LEFT, BOTTOM, TOP = 360.0, 52.0, 46.0, 28.0
LARGEST = 9.0
"""Radius of the point of the most decisions."""


@dataclass(frozen=True)
class Point:
    """One bin: where it stands, its interval, its size, and its words."""

    x: float
    y: float
    low: float
    high: float
    radius: float
    title: str


@dataclass(frozen=True)
class Reliability:
    """The plot: points, ticks, and the diagonal on which a true forecast lies."""

    points: list[Point]
    ticks_x: list[tuple[float, str]]
    ticks_y: list[tuple[float, str]]
    diagonal: tuple[float, float, float, float]
    width: float = SIZE
    height: float = SIZE
    left: float = LEFT
    bottom: float = SIZE - BOTTOM
    top: float = TOP
    right: float = SIZE - 14


def reliability(calibration: Calibration) -> Reliability:
    """Return the plot of a calibration; bins without decisions are left out."""
    x = Scale(0, 1, LEFT, SIZE - 14)
    y = Scale(0, 1, SIZE - BOTTOM, TOP)
    most = max(1, int(calibration.counts.max())) if len(calibration.counts) else 1
    points = [
        Point(
            x(float(p)),
            y(float(o)),
            y(float(low)),
            y(float(high)),
            round(3 + (LARGEST - 3) * math.sqrt(n / most), 1),
            f"predicted {percent(float(p))}, came about {percent(float(o))} of {int(n):,}",
        )
        for p, o, low, high, n in zip(
            calibration.predicted,
            calibration.observed,
            calibration.low,
            calibration.high,
            calibration.counts,
            strict=True,
        )
        if n > 0
    ]
    marks = [0.0, 0.25, 0.5, 0.75, 1.0]
    return Reliability(
        points,
        [(x(t), percent(t)) for t in marks],
        [(y(t), percent(t)) for t in marks],
        (x(0), y(0), x(1), y(1)),
    )
