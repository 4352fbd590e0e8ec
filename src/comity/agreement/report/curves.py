"""Curves over the tolerance: how much distance to tolerate before lying pays more than it costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.agreement.report.findings import Findings
from comity.core.page.charts import Chart, Curve, chart
from comity.core.page.words import clean, counted, number


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
