"""The whole in a few sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

from comity.core.page.words import counted, listed
from comity.inference.report.words import percent
from comity.inference.results import (
    Comparison,
    NewSetting,
    People,
    Question,
    Rivalry,
    Standing,
)

TOO_FEW = 10
"""Below this many answers their number is not worth naming: it rests on a normal approximation."""


def findings(
    standings: Sequence[Standing],
    classes: Sequence[Sequence[str]],
    comparisons: Sequence[Comparison],
    people: People | None,
    rivalries: Sequence[Rivalry],
    setting: NewSetting | None,
    questions: Sequence[Question],
) -> tuple[str, ...]:
    """Return what a reader should take away, the most important first."""
    sentences = [
        _standing(standings),
        _alike(classes, rivalries),
        _people(people),
        _best(comparisons),
        setting.sentence if setting is not None else "",
        _next(questions),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _standing(standings: Sequence[Standing]) -> str:
    stand = [s.name for s in standings if s.stands]
    unsure = [s.name for s in standings if s.stands is None]
    weighed = counted(len(standings), "explanation")
    if stand:
        return f"Of {weighed} weighed {len(stand)} could be true of everybody: {listed(stand)}."
    if unsure:
        return "Which explanation fits everybody cannot be told from this evidence."
    if standings:
        return (
            f"Of {weighed} weighed none could be true of everybody: people differ, or the truth is "
            "another."
        )
    return ""


def _alike(classes: Sequence[Sequence[str]], rivalries: Sequence[Rivalry]) -> str:
    groups = [group for group in classes if len(group) > 1]
    if not groups:
        return ""
    words = "; ".join(listed(group) for group in groups)
    parted = [
        r.parted
        for r in rivalries
        if r.parted is not None and any(r.truth in g and r.rival in g for g in groups)
    ]
    elsewhere = ""
    if parted and max(parted) > 0.01:
        points = f"{100 * max(parted):.0f} percentage points"
        elsewhere = f" In the new setting they differ, by up to {points}."
    return f"As fitted, no amount of such evidence tells apart: {words}.{elsewhere}"


def _people(people: People | None) -> str:
    """Return who follows what; nothing where there is one thing only to follow."""
    if people is None or len(people.explanations) < 2:
        return ""
    told = sorted(people.told.items(), key=lambda item: -item[1])
    words = listed([f"{count:,} follow {name}" for name, count in told if count])
    total = "1 person" if len(people.names) == 1 else f"{len(people.names):,} people"
    if not words:
        return f"Of {total} none can be told to follow one explanation rather than another."
    unsure = f"; of {people.cannot_tell:,} it cannot be told" if people.cannot_tell else ""
    return f"Of {total} {words}{unsure} (with a probability of {percent(people.level)} or more)."


def _best(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return ""
    best = comparisons[0]
    near = [c.name for c in comparisons[1:] if c.behind.low is not None and c.behind.low <= 0]
    tied = f", not told from {listed(near)}" if near else ""
    warning = ""
    if best.kind == "yardstick":
        warning = " That is a rule without any theory: these explanations miss something."
    return (
        f"Decisions kept aside are predicted best by {best.name}{tied}; its likeliest option was "
        f"chosen {percent(best.accuracy.value)} of the time.{warning}"
    )


def _next(questions: Sequence[Question]) -> str:
    useful = [q for q in questions if q.information.value > 1e-6]
    if not questions:
        return ""
    if not useful:
        return "No question on the menu would tell the explanations apart."
    q = useful[0]
    return (
        f"Ask next: “{q.name}”. It parts {q.separates[0]} from {q.separates[1]} best; "
        f"{_answers(q.people_errors)}."
    )


def _answers(count: float) -> str:
    """Return how many answers are enough, in words, where that can be told."""
    if not math.isfinite(count):
        return "how many answers keep both errors at 5% cannot be told"
    many = f"about {count:,.0f}" if count >= TOO_FEW else f"fewer than {TOO_FEW}"
    return f"{many} answers keep both errors at 5%"
