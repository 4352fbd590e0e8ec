"""One picture of the CaSiNo results: points, who wins and who loses, and what stops lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from casino_rules import NASH, UTILITARIAN, Rule
from casino_safeguards import audited
from casino_study import Study

# Okabe and Ito (2008): told apart by people with any common colour vision, and in grey.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
SHOWN = (
    NASH,
    Rule("nash", lotteries=True),
    Rule("kalai-smorodinsky"),
    Rule("egalitarian", lotteries=True),
    UTILITARIAN,
)
STYLE = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "svg.hashsalt": "casino",
}


def draw(study: Study, path: Path) -> None:
    """Write the picture; the ending of the name says in which format."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8, 6.8), layout="constrained")
        places = figure.subplot_mosaic([["points", "points"], ["change", "audits"]])
        _points(places["points"], study)
        _change(places["change"], study)
        _audits(places["audits"], study)
        path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {"Date": None} if path.suffix == ".svg" else {}
        figure.savefig(path, dpi=130, metadata=metadata)


def _points(ax: Any, study: Study) -> None:
    names = ["people, as they settled"]
    _dot(ax, 0, study.mean(study.people.points), GREY, "s", None)
    for row, rule in enumerate(SHOWN, start=1):
        names.append(rule.name)
        label = "all honest" if row == 1 else None
        _dot(ax, row - 0.12, study.mean(study.honest(rule)), BLUE, "o", label)
        label = "all say what seems best" if row == 1 else None
        _dot(ax, row + 0.12, study.mean(study.lies(rule, "inferred").both), ORANGE, "D", label)
    most = study.people.best_joint.mean() / 2
    ax.axvline(most, color=GREEN, linestyle="--", linewidth=1.2)
    ax.annotate(
        "most that any\ndeal could give",
        (most, 0),
        xytext=(6, 0),
        color=GREEN,
        va="center",
        textcoords="offset points",
        fontsize=9,
    )
    ax.set(
        xlabel="points each, with 95% intervals (what seems best by inferred beliefs)",
        title=f"Points in the {len(study.people.walked)} dialogues",
    )
    ax.set_yticks(range(len(names)), names)
    ax.set_xlim(18.3, 20.05)
    ax.set_ylim(len(names) - 0.5, -0.6)
    ax.grid(axis="x", color="#e5e5e5")
    ax.set_axisbelow(True)
    ax.legend(frameon=False, loc="center left", fontsize=9)


def _dot(ax: Any, row: float, found: Any, colour: str, marker: str, label: str | None) -> None:
    errors = [[found.value - found.low], [found.high - found.value]]
    ax.errorbar(
        found.value,
        row,
        xerr=errors,
        color=colour,
        marker=marker,
        capsize=3,
        label=label,
        linestyle="none",
    )


def _change(ax: Any, study: Study) -> None:
    change = study.change()
    # Changes are multiples of a half; no change has a bar of its own.
    edges = np.concatenate([np.arange(-10.25, 0), np.arange(0.25, 18.5)])
    less, more = change < -1e-9, change > 1e-9
    same = ~less & ~more
    groups = [change[less], change[same], change[more]]
    colours, hatches = (ORANGE, "#bbbbbb", BLUE), ("////", "", "")
    _, _, stacks = ax.hist(groups, edges, stacked=True, color=colours, edgecolor="white")
    for stack, hatch in zip(stacks, hatches, strict=True):
        for bar in stack:
            bar.set_hatch(hatch)
    texts = (
        (0.02, 0.88, less, "get less", ORANGE),
        (0.56, 0.88, more, "get more", BLUE),
        (0.56, 0.76, same, "get the same", GREY),
    )
    for x, y, group, words, colour in texts:
        share = f"{100 * group.mean():.0f}% {words}"
        ax.text(x, y, share, transform=ax.transAxes, color=colour, fontsize=9.5, fontweight="bold")
    ax.text(15, 28, "had walked\naway", color=BLUE, fontsize=9, ha="center", va="bottom")
    ax.set(
        xlabel="points, Nash on deals if all are honest,\nless what the person scored",
        ylabel="people",
        title="Who wins, who loses",
        xlim=(-15, 18.5),
        ylim=(0, 330),
    )


def _audits(ax: Any, study: Study) -> None:
    rates = np.linspace(0, 0.25, 51)
    belief = study.people.beliefs["inferred"]
    lines = (
        (UTILITARIAN, GREEN, "-"),
        (NASH, BLUE, "--"),
        (Rule("egalitarian", lotteries=True), ORANGE, ":"),
    )
    for rule, colour, dash in lines:
        share = [
            100 * audited(study.points[rule], study.people, belief, rate)[0].mean()
            for rate in rates
        ]
        ax.plot(100 * rates, share, color=colour, linestyle=dash, linewidth=2.2, label=rule.name)
    ax.set(
        xlabel="reports audited, %\n(a lie found voids the deal)",
        ylabel="would lie, % of people",
        title="Audits, and who would still lie",
        ylim=(0, None),
    )
    ax.legend(frameon=False, fontsize=9)
    ax.grid(axis="y", color="#e5e5e5")
    ax.set_axisbelow(True)
