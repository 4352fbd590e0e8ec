"""Curves over the tolerance: how much distance to tolerate before lying pays more than it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from comity.agreement.report.drawing import NARROW, WIDE, Scale, Sheet, ticks
from comity.agreement.report.findings import Findings
from comity.agreement.report.words import clean, counted, number


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
        [_line(c.x, c.y, x, y) for c in curves],
        [_band(c, x, y) for c in curves if c.low is not None],
        [(x(v), text, "start" if x(v) < (left + right) / 2 else "end") for v, text in verticals],
        _names(curves, x, y, sheet.size),
    )


def _line(xs: np.ndarray, ys: np.ndarray, x: Scale, y: Scale) -> str:
    return "M" + "L".join(f"{x(p):g} {y(q):g}" for p, q in zip(xs, ys, strict=True))


def _band(curve: Curve, x: Scale, y: Scale) -> str:
    assert curve.low is not None
    assert curve.high is not None
    there = _line(curve.x, curve.high, x, y)
    back = _line(curve.x[::-1], curve.low[::-1], x, y)
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


def charts(findings: Findings) -> list[Chart]:
    """Return the curves that were worked out."""
    found = [lies_that_pass(findings), honest_gains(findings)]
    return [c for c in found if c is not None]


def honest_gains(findings: Findings) -> Chart | None:
    """Return what the honest gain by the tolerance, over the draws of a study."""
    study = findings.study
    if study is None or not study.tolerances:
        return None
    curves = [
        Curve(clean(scenario), c.tolerances, c.honest_gain, c.low, c.high)
        for scenario, c in study.tolerances.items()
        if len(c.tolerances) > 1
    ]
    if not curves:
        return None
    best = [(c.best_tolerance.value, "best") for c in study.tolerances.values()]
    return chart(
        curves,
        best,
        f"The same over {counted(study.draws, 'imagined truth')}: each party sees the truth with "
        "noise, and one lies as much as pays it at that tolerance. The band is where the curve "
        "may be (95%).",
        "What the honest truly gain together, by how much distance is tolerated, for each liar.",
        "distance tolerated",
        "honest gain",
    )


def lies_that_pass(findings: Findings) -> Chart | None:
    """Return what the best lie on show gains each party, by how much distance is tolerated.

    A step for each lie that begins to pass; ``None`` where no lie pays or no rule can be turned.
    """
    if len(findings.settings) < 3:
        return None
    steps = {k: paying_lies(findings, k) for k in range(len(findings.names))}
    needed = [limit for found in steps.values() for limit, _ in found]
    if not needed:
        return None
    agreed = next(s.limit for s in findings.settings if s.agreed)
    honest = findings.settings[0].limit * _tight(findings, None, "honest", None)
    known = [*needed, *(v for v in (agreed, honest) if np.isfinite(v))]
    end = 1.15 * max(known)
    curves = [_stairs(clean(findings.names[k]), found, end) for k, found in steps.items()]
    verticals = [(honest, "honest reports pass")] if np.isfinite(honest) else []
    verticals += [(agreed, "tolerated here")] if np.isfinite(agreed) else []
    now = "tolerates any distance" if np.isinf(agreed) else f"tolerates {number(agreed)}"
    return chart(
        curves,
        verticals,
        "Distance between reports is a hint of lying, so a rule can refuse reports that lie too "
        "far from one's own view. Too tight, and honest people who differ cannot agree. Too "
        f"loose, and lies pass. This case {now}.",
        "What the best lie on show gains, by how much distance is tolerated. Each step is a lie "
        "that begins to pass.",
        "distance tolerated",
        "gain from lying",
    )


def paying_lies(findings: Findings, liar: int) -> list[tuple[float, float]]:
    """Return (tolerance from which it passes, gain) of each lie that would pay without a rule."""
    loose = findings.settings[-1].key
    honest = next(s for s in findings.scenarios if s.liar is None and s.setting == loose)
    found = []
    for s in findings.scenarios:
        if s.liar != liar or s.setting != loose or s.status != "agreed":
            continue
        gain = float(s.payoffs[liar] - honest.payoffs[liar])
        limit = findings.settings[0].limit * _tight(findings, liar, s.kind, s.level)
        if gain > findings.tolerance and np.isfinite(limit):
            found.append((limit, gain))
    return sorted(found)


def _tight(findings: Findings, liar: int | None, kind: str, level: float | None) -> float:
    key = (findings.settings[0].key, liar, kind, level)
    return next(s.excess for s in findings.scenarios if (s.setting, s.liar, s.kind, s.level) == key)


def _stairs(name: str, steps: Sequence[tuple[float, float]], end: float) -> Curve:
    x, y = [0.0], [0.0]
    for limit, gain in steps:
        if gain > y[-1]:
            x += [limit, limit]
            y += [y[-1], gain]
    return Curve(name, np.array([*x, end]), np.array([*y, y[-1]]))
