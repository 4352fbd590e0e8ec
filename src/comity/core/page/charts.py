"""Charts of lines over one quantity, in pixels, at two sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from comity.core.page.drawing import NARROW, WIDE, Scale, Sheet, path, ticks
from comity.core.page.words import number


@dataclass(frozen=True)
class Curve:
    """One line of a chart, with a band around it where it is an estimate."""

    name: str
    x: np.ndarray
    y: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


@dataclass(frozen=True)
class Panel:
    """A chart in pixels, at one size."""

    name: str
    width: float
    height: float
    size: float
    left: float
    right: float
    top: float
    bottom: float
    ticks_x: list[tuple[float, str]]
    ticks_y: list[tuple[float, str]]
    lines: list[str]
    bands: list[str]
    verticals: list[tuple[float, str, str]]
    names: list[tuple[float, float, str, str]]


@dataclass(frozen=True)
class Chart:
    """Lines over one quantity.

    Attributes
    ----------
    intro, caption : words before and after.
    x_label, y_label : the quantities.
    sizes : the chart for large and small screens.
    """

    intro: str
    caption: str
    x_label: str
    y_label: str
    sizes: tuple[Panel, ...]


def chart(
    curves: Sequence[Curve],
    verticals: Sequence[tuple[float, str]],
    intro: str,
    caption: str,
    x_label: str,
    y_label: str,
) -> Chart:
    """Return a chart of curves, with named vertical lines."""
    sizes = tuple(
        _panel(name, sheet, curves, verticals)
        for name, sheet in (("wide", WIDE), ("narrow", NARROW))
    )
    return Chart(intro, caption, x_label, y_label, sizes)


def _panel(
    name: str, sheet: Sheet, curves: Sequence[Curve], verticals: Sequence[tuple[float, str]]
) -> Panel:
    height = 340.0 if name == "wide" else 300.0
    left, right, top, bottom = sheet.left, sheet.width - 14, 30.0 + 18 * len(verticals), height - 46
    xs = np.concatenate([c.x for c in curves] + [np.array([v for v, _ in verticals])])
    ys = np.concatenate(
        [np.concatenate([v for v in (c.y, c.low, c.high) if v is not None]) for c in curves]
    )
    spread = float(np.ptp(ys)) or 1.0
    x = Scale(float(xs.min()), float(xs.max()) or 1.0, left, right)
    y = Scale(float(ys.min()) - 0.05 * spread, float(ys.max()) + 0.12 * spread, bottom, top)
    return Panel(
        name,
        sheet.width,
        height,
        sheet.size,
        left,
        right,
        top,
        bottom,
        [(x(t), number(t)) for t in ticks(x.low, x.high, 6 if name == "wide" else 4)],
        [(y(t), number(t)) for t in ticks(y.low, y.high, 5)],
        [path(zip(c.x, c.y, strict=True), x, y) for c in curves],
        [_band(c, x, y) for c in curves if c.low is not None],
        [(x(v), text, "start" if x(v) < (left + right) / 2 else "end") for v, text in verticals],
        _names(curves, x, y, sheet.size),
    )


def _band(curve: Curve, x: Scale, y: Scale) -> str:
    assert curve.low is not None
    assert curve.high is not None
    there = path(zip(curve.x, curve.high, strict=True), x, y)
    back = path(zip(curve.x[::-1], curve.low[::-1], strict=True), x, y)
    return f"{there}L{back[1:]}Z"


def _names(
    curves: Sequence[Curve], x: Scale, y: Scale, size: float
) -> list[tuple[float, float, str, str]]:
    """Return names at the right ends of the lines, moved apart where they would overlap."""
    wanted = [y(float(c.y[-1])) - 8 for c in curves]
    order = sorted(range(len(curves)), key=lambda k: wanted[k])
    for before, after in pairwise(order):
        wanted[after] = max(wanted[after], wanted[before] + 1.3 * size)
    end = x.end - 4
    return [(end, round(wanted[k], 1), c.name, "end") for k, c in enumerate(curves)]
