"""Pictures of agreements and comparisons by matplotlib, which is loaded when one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from comity.agreement.report.words import DISAGREEMENT, SOLUTIONS
from comity.core.errors import InputError
from comity.core.page.figures import BAD, GOLD, INK, PARTY_COLOURS, SHAPES, SOFT, axes, plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from comity.agreement.results import Agreement, Comparison
    from comity.agreement.studies.study import Study


def plot_agreement(agreement: Agreement, ax: Any = None) -> Axes:
    """Return the payoff picture of two parties: outcomes, frontier, defaults, solutions, deal.

    Each outcome stands at what it is worth to each party by its own model. Refuses other numbers
    of parties.
    """
    from comity.agreement.report.gather import solutions_beside
    from comity.agreement.report.space import own_payoffs, payoff_space
    from comity.agreement.settle import Table

    case = agreement.case
    if len(case.names) != 2:
        raise InputError(
            "the payoff picture is for two parties",
            place="plot",
            found=f"{len(case.names)} parties",
            expected="2; the report page shows more",
        )
    ax = axes(ax)
    table = Table.of(case)
    _space(payoff_space(case.models, lotteries=case.constitution.lotteries), ax)
    _expectations(table.promised, ax)
    ax.plot(*table.fallback, "x", color=BAD, ms=9, mew=3, label="without a deal, really")
    beside = {n: p for n, p in solutions_beside(case).items() if n != agreement.solution}
    for (notion, play), shape in zip(beside.items(), SHAPES, strict=False):
        point = own_payoffs(case.models, play)
        ax.plot(*point, shape, mfc="white", mec=SOFT, ms=7, ls="", label=SOLUTIONS[notion][0])
    if not case.constitution.normalise and np.all(np.isfinite(agreement.disagreement)):
        words = f"bargaining starts ({DISAGREEMENT[case.constitution.disagreement][0].lower()})"
        ax.plot(*agreement.disagreement, "s", mfc="none", mec=INK, ms=7, label=words)
    if agreement.status == "agreed" and agreement.play is not None:
        deal = own_payoffs(case.models, agreement.play)
        ax.plot(*deal, "D", color=GOLD, mec=INK, ms=10, label="the deal", zorder=5)
    for axis, name, colour in zip((ax.xaxis, ax.yaxis), case.names, PARTY_COLOURS, strict=False):
        axis.set_label_text(f"worth to {plain_text(name)}, by its own view", color=colour)
    ax.legend(frameon=False, fontsize="small")
    return ax


def _space(space: Any, ax: Axes) -> None:
    ax.plot(*space.points.T, ".", color=SOFT, ms=4, zorder=1)
    style = "default" if space.lotteries else "steps-pre"
    ax.plot(*space.frontier.T, color=INK, lw=1.6, drawstyle=style, label="frontier")


def _expectations(expected: np.ndarray, ax: Axes) -> None:
    words = "expected without a deal"
    ax.axvline(expected[0], color=PARTY_COLOURS[0], ls="--", lw=1.2, label=words)
    ax.axhline(expected[1], color=PARTY_COLOURS[1], ls="--", lw=1.2)


def plot_comparison(comparison: Comparison, ax: Any = None, most: int = 8) -> Axes:
    """Return bars of how much each difference changes, with the deal and without one."""
    moving = [d for d in comparison.differences if max(d.effect, d.effect_alone) > 0 or d.decisive]
    shown = (moving or list(comparison.differences[:3]))[:most][::-1]
    ax = axes(ax, (6.4, 1.2 + 0.5 * max(1, len(shown))))
    places = np.arange(len(shown))
    ax.barh(places + 0.19, [d.effect for d in shown], 0.36, color=GOLD, label="the deal")
    ax.barh(
        places - 0.19,
        [d.effect_alone for d in shown],
        0.36,
        color=BAD,
        label="what happens without a deal",
    )
    ax.set_yticks(places, [_short(d.part) + (" *" if d.decisive else "") for d in shown])
    ax.set_xlabel("largest change of a payoff (* decides)")
    if shown:
        ax.legend(frameon=False, fontsize="small")
    return ax


def _short(text: str, most: int = 48) -> str:
    words = plain_text(text)
    return words if len(words) <= most else words[: most - 1] + "…"


def plot_study(study: Study, ax: Any = None) -> Axes:
    """Return what honest parties gain by the tolerance, for each liar, with 95% intervals."""
    ax = axes(ax)
    for k, (scenario, curve) in enumerate(study.tolerances.items()):
        shade = PARTY_COLOURS[k % len(PARTY_COLOURS)]
        ax.plot(curve.tolerances, curve.honest_gain, color=shade, lw=2, label=plain_text(scenario))
        ax.fill_between(curve.tolerances, curve.low, curve.high, color=shade, alpha=0.18, lw=0)
        ax.axvline(curve.best_tolerance.value, color=shade, ls=":", lw=1.4)
    ax.set_xlabel("tolerance (dotted: best for the honest)")
    ax.set_ylabel("expected true gain of the honest")
    if study.tolerances:
        ax.legend(frameon=False, fontsize="small")
    return ax
