"""Pictures of agreements and comparisons by matplotlib, which is loaded when one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from comity.agreement.report.words import DISAGREEMENT, SOLUTIONS, clean, number
from comity.core.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from comity.agreement.results import Agreement, Comparison

PARTY_COLOURS = ("#0b5cad", "#b04a00", "#00745a", "#86398f")
INK, SOFT, BAD, GOLD, GOOD = "#1c2026", "#7a818c", "#a4243b", "#f2b705", "#d9efe5"


def axes(ax: Any = None, size: tuple[float, float] = (6.4, 4.8)) -> Axes:
    """Return the given Axes, or fresh ones of a size in inches."""
    if ax is None:
        from matplotlib.figure import Figure

        ax = Figure(figsize=size, layout="constrained").add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    return ax  # type: ignore[no-any-return]


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
    for notion, play in solutions_beside(case).items():
        if notion != agreement.solution:
            _circle(own_payoffs(case.models, play), SOLUTIONS[notion][0], ax)
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


def _circle(point: np.ndarray, name: str, ax: Axes) -> None:
    ax.plot(*point, "o", mfc="white", mec=SOFT, ms=6, zorder=4)
    ax.annotate(name, point, (6, 6), textcoords="offset points", fontsize="small", color=SOFT)


def plot_comparison(comparison: Comparison, ax: Any = None, most: int = 8) -> Axes:
    """Return bars of how much each difference changes, with the deal and without one."""
    shown = list(comparison.differences[:most])[::-1]
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
    ax.set_xlabel("largest change of anybody's payoff, by its own view (* decides)")
    if shown:
        ax.legend(frameon=False, fontsize="small")
    return ax


def _short(text: str, most: int = 48) -> str:
    words = plain_text(text)
    return words if len(words) <= most else words[: most - 1] + "…"


def plain_text(text: str) -> str:
    """Return a name that matplotlib shows as it stands: no control codes, no mathematics."""
    return clean(text).replace("$", r"\$")


def plot_curve(
    x: np.ndarray,
    y: np.ndarray,
    ax: Any = None,
    *,
    low: np.ndarray | None = None,
    high: np.ndarray | None = None,
    label: str = "",
    colour: int = 0,
    best: float | None = None,
) -> Axes:
    """Return a curve over the tolerance, with its interval, and a line at the best tolerance."""
    ax = axes(ax)
    shade = PARTY_COLOURS[colour % len(PARTY_COLOURS)]
    ax.plot(x, y, color=shade, lw=2, label=plain_text(label))
    if low is not None and high is not None:
        ax.fill_between(x, low, high, color=shade, alpha=0.18, lw=0)
    if best is not None:
        ax.axvline(best, color=shade, ls=":", lw=1.4)
        ax.annotate(
            f"best: {number(best)}",
            (best, 1),
            (4, -12),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            fontsize="small",
            color=shade,
        )
    ax.set_xlabel("tolerance")
    return ax
