"""What cross-play found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.core.certified import Certified
from comity.core.page.words import clean, counted, listed, number
from comity.learning.crossplay.results import CrossPlay, Group

KINDS = {
    "learned": "learned agents",
    "program": "programs",
    "human model": "models of people",
}
"""Partners from outside, by kind."""

COLUMNS = {
    "self_play": ("With itself", "each agent with copies of itself"),
    "cross_play": ("With siblings", "pairs of agents that learned alike from different seeds"),
    "gap": ("Gap", "with itself less with siblings: what rests on conventions of one run"),
    "regret": ("Regret", "the exact optimum less with siblings"),
}
"""By field of a group: how its column is called, and what it holds."""


@dataclass(frozen=True)
class Verdict:
    """What to take away: a tone of the page, a heading, and a sentence for each group."""

    tone: str
    heading: str
    findings: tuple[str, ...]


def title(found: CrossPlay) -> str:
    """Return what was evaluated."""
    return f"Meeting strangers in {clean(found.environment)}"


def about(found: CrossPlay) -> str:
    """Return who played, in which game, how often."""
    agents = len(found.matrix)
    partners = len(found.names) - agents
    who = counted(agents, "agent") + (
        f" and {counted(partners, 'partner')} from outside" if partners else ""
    )
    rules = ", ".join(
        f"{name} {_short(value)}"
        for name, value in sorted(found.variant.items())
        if value is not None
    )
    return (
        f"{who}, {counted(found.games, 'game')} for each choice of seats. "
        f"Rules: {clean(rules) or 'the usual ones'}."
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def level(found: CrossPlay) -> str:
    """Return the coverage of intervals: ``95%``."""
    return f"{100 * found.level:g}%"


def over(found: CrossPlay) -> str:
    """Return what intervals are over: a single agent of its kind has games alone."""
    alone = [len(group.members) == 1 for group in found.groups]
    if all(alone):
        return "games, which tell nothing of other runs"
    return "seeds, and over games for a single agent" if any(alone) else "seeds"


def figure(certified: Certified) -> str:
    """Return a figure alone: ``0.9``, or ``cannot tell``."""
    return "cannot tell" if certified.kind == "unknown" else number(certified.value)


def interval(certified: Certified) -> str:
    """Return the interval of a figure: ``0.8 to 1``; what it is, where there is none."""
    if certified.kind == "unknown":
        return clean(certified.method)
    if certified.low is None or certified.high is None:
        return certified.kind
    return f"{number(certified.low)} to {number(certified.high)}"


def verdict(found: CrossPlay) -> Verdict:
    """Return what the figures say, group by group."""
    findings = tuple(map(_finding, found.groups))
    judged = [group for group in found.groups if group.cross_play.kind != "unknown"]
    if not judged:
        heading = "One agent of a kind: how it does with strangers of its kind cannot be told"
        return Verdict("none", heading, findings)
    if len(found.groups) == 1:
        return Verdict(*_alone(judged[0]), findings)
    best = max(judged, key=lambda group: group.cross_play.value)
    rest = [group for group in judged if group is not best]
    clear = all(_above(best.cross_play, group.cross_play) for group in rest)
    names = listed([clean(group.name) for group in rest])
    if not rest:
        return Verdict("none", f"Only {clean(best.name)} has siblings to meet", findings)
    if clear:
        return Verdict("holds", f"{clean(best.name)} meets strangers better than {names}", findings)
    return Verdict(
        "none", f"{clean(best.name)} comes first with strangers, but not beyond doubt", findings
    )


def _alone(group: Group) -> tuple[str, str]:
    gap = group.gap
    if gap.low is not None and gap.low > 0:
        return "fragile", "Worse with strangers than with itself"
    if gap.high is not None and gap.high <= abs(group.self_play.value) / 20:
        return "holds", "As good with strangers as with itself"
    return "none", "Whether strangers do as well as copies cannot be told from so few agents"


def _above(first: Certified, second: Certified) -> bool:
    return first.low is not None and second.high is not None and first.low > second.high


def _finding(group: Group) -> str:
    told = [f"{clean(group.name)}: {figure(group.self_play)} with itself"]
    if group.cross_play.kind != "unknown":
        told.append(f"{figure(group.cross_play)} with siblings ({interval(group.cross_play)})")
    if group.worst is not None:
        told.append(f"{figure(group.worst.score)} with its worst partner, {group.worst.partner}")
    return f"{listed(told)}."


def shade(value: float, low: float, high: float) -> str:
    """Return the shade of a cell: ``up0`` for the lowest score of all to ``up4`` for the highest.

    Examples
    --------
    >>> shade(0.0, 0.0, 1.0), shade(1.0, 0.0, 1.0), shade(3.0, 3.0, 3.0)
    ('up0', 'up4', 'up4')
    """
    share = (value - low) / (high - low) if high > low else 1.0
    return f"up{min(4, int(5 * share))}"


def kinds_met(found: CrossPlay) -> list[tuple[str, list[tuple[str, Sequence[Certified]]]]]:
    """Return scores with partners from outside: by kind, by partner, by group."""
    tables = []
    for kind, words in KINDS.items():
        rows: list[tuple[str, Sequence[Certified]]] = [
            (clean(one.partner), [group.met[k].score for group in found.groups])
            for k, one in enumerate(found.groups[0].met)
            if one.kind == kind
        ]
        if rows:
            tables.append((words, rows))
    return tables
