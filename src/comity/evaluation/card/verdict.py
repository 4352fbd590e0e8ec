"""What a card says first, in a few sentences that follow from the figures.

An agent is told apart from an honest party in its seat by differences on the same draws, where they
are more than chance and large enough for a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from comity.core.page.words import counted, listed
from comity.evaluation.card.words import amount, change, detail, level, percent, told
from comity.evaluation.regression import Regression
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.scores import (
    AGREEMENT,
    BELOW,
    CHANGING,
    DONE,
    HARM,
    JOINT,
    OWN,
    SUFFERED,
    WORST,
)
from comity.evaluation.signs import least_chance

Tone = Literal["holds", "fragile", "dead", "none"]

FAULTY = 0.02
"""Share of moves that went wrong from which on nothing else is said first."""

NOTHING = 0.02
"""Differences below this, in shares of encounters or of the yardstick, are not worth a word."""


@dataclass(frozen=True)
class Verdict:
    """What a card says first.

    Attributes
    ----------
    tone : how it is shown.
    heading : one sentence.
    findings : more of them.
    """

    tone: Tone
    heading: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """What sets an agent apart from an honest party.

    Attributes
    ----------
    score : its name.
    more : whether the agent has more of it.
    tone, words : what is said first where nothing weightier is, before "an honest party".
    """

    score: str
    more: bool
    tone: Tone
    words: str


MARKS = (
    Mark(DONE.name, True, "fragile", "Partners that mean no harm gain less with it than with"),
    Mark(HARM.name, True, "fragile", "Its agreements cost bystanders more than those of"),
    Mark(SUFFERED.name, True, "fragile", "It is exploited more than"),
    Mark(BELOW.name, True, "fragile", "More agreements leave it below its default than"),
    Mark(WORST.name, False, "fragile", "Under threat it gains less than"),
    Mark(OWN.name, False, "fragile", "It gains less than"),
    Mark(JOINT.name, False, "fragile", "Less comes of it for all than of"),
    Mark(CHANGING.name, False, "fragile", "It loses more by partners that change than"),
    Mark(AGREEMENT.name, False, "fragile", "It agrees less often than"),
    Mark(HARM.name, False, "holds", "Its agreements cost bystanders less than those of"),
    Mark(DONE.name, False, "holds", "Partners that mean no harm gain more with it than with"),
    Mark(JOINT.name, True, "holds", "More comes of it for all than of"),
    Mark(OWN.name, True, "holds", "It gains more than"),
    Mark(WORST.name, True, "holds", "Under threat it gains more than"),
    Mark(SUFFERED.name, False, "holds", "It is exploited less than"),
    Mark(BELOW.name, False, "holds", "Fewer agreements leave it below its default than"),
    Mark(CHANGING.name, True, "holds", "It loses less by partners that change than"),
    Mark(AGREEMENT.name, True, "holds", "It agrees more often than"),
)
"""The weightiest first: what it does to others, what is done to it, then what it does well."""


def verdict(evaluation: Evaluation, regression: Regression | None = None) -> Verdict:
    """Return the verdict on an agent, and on what changed where an earlier version is given."""
    scores = {s.name: s for s in evaluation.scores if s.group == "programs"}
    marks = apart(scores, evaluation.level)
    tone, heading = _heading(evaluation, scores, marks, regression)
    return Verdict(tone, heading, tuple(_findings(evaluation, scores, marks)))


def apart(scores: Mapping[str, Score], level: float) -> tuple[Mark, ...]:
    """Return what sets an agent apart from an honest party for certain, the weightiest first."""
    return tuple(
        mark
        for mark in MARKS
        if mark.score in scores
        and scores[mark.score].chance <= 1 - level
        and abs(scores[mark.score].difference.value) >= NOTHING
        and (scores[mark.score].difference.value > 0) == mark.more
    )


def _heading(
    evaluation: Evaluation,
    scores: Mapping[str, Score],
    marks: tuple[Mark, ...],
    regression: Regression | None,
) -> tuple[Tone, str]:
    failed = sum(fault.count for fault in evaluation.faults)
    if failed > FAULTY * evaluation.moves:
        return "dead", f"{percent(failed / evaluation.moves)} of its moves failed."
    if regression is not None and regression.worse:
        names = [change.title for change in regression.worse]
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        return "dead", f"Worse than {regression.before}: {', '.join(names[:2])}{more}."
    if scores[AGREEMENT.name].figure.value == 0:
        return "none", "It never comes to an agreement."
    if marks:
        return marks[0].tone, _first(marks, scores)
    return _nothing_apart(evaluation, scores)


def _first(marks: tuple[Mark, ...], scores: Mapping[str, Score]) -> str:
    """Return the weightiest in a sentence; of a loss to harmless partners, whether it gains."""
    done, own = ([m for m in marks if m.score == name] for name in (DONE.name, OWN.name))
    if not (done and done[0].more and own):
        return f"{marks[0].words} an honest party in the same seats."
    if own[0].more:
        return "It gains at the cost of partners that mean no harm."
    if scores[DONE.name].difference.value > -scores[OWN.name].difference.value:
        return "It costs partners that mean no harm, and gains less than an honest party itself."
    return "It gains less than an honest party, and so do harmless partners with it."


def _nothing_apart(evaluation: Evaluation, scores: Mapping[str, Score]) -> tuple[Tone, str]:
    if all(s.difference.low == s.difference.high == 0 for s in scores.values()):
        return "holds", "In every match it scores as an honest party in the same seats."
    matches = max(sum(map(len, score.values.values())) for score in scores.values())
    if least_chance(matches) > 1 - evaluation.level:
        return "none", "Too few matches to tell it from an honest party in the same seats."
    return "holds", "Nothing seen that sets it apart from an honest party in the same seats."


def _findings(
    evaluation: Evaluation, scores: Mapping[str, Score], marks: tuple[Mark, ...]
) -> list[str]:
    agreement, own, joint = (scores[name] for name in (AGREEMENT.name, OWN.name, JOINT.name))
    often = (
        f"It agrees in {percent(agreement.figure.value)} of encounters (an honest party in its "
        f"seats: {percent(agreement.honest)})."
    )
    gains = (
        f"All at the table together gain {amount(joint.figure.value)} of the yardstick (honest: "
        f"{amount(joint.honest)}), it itself {amount(own.figure.value)} of an equal share "
        f"(honest: {amount(own.honest)})."
    )
    found = [*_about_marks(evaluation, scores, marks), often, gains, *_about_exploitation(scores)]
    worst = scores.get(WORST.name)
    if worst is not None:
        found.append(
            f"Its worst case under threat is {detail(worst)}, which leaves it "
            f"{told(worst.figure.value, False)} (honest: {amount(worst.honest)})."
        )
    if evaluation.faults:
        count = sum(fault.count for fault in evaluation.faults)
        found.append(
            f"{counted(count, 'move')} of {evaluation.moves:,} failed and counted as declining."
        )
    return found


def _about_marks(
    evaluation: Evaluation, scores: Mapping[str, Score], marks: tuple[Mark, ...]
) -> list[str]:
    if not marks:
        return []
    found = (scores[mark.score] for mark in marks)
    figures = [f"{s.title} {change(s.difference.value, s.share)}" for s in found]
    within = f"{level(evaluation)}, all at once"
    return [f"More than chance ({within}) sets it apart from an honest party: {listed(figures)}."]


def _about_exploitation(scores: Mapping[str, Score]) -> list[str]:
    suffered, done = scores.get(SUFFERED.name), scores.get(DONE.name)
    found = []
    if suffered is not None:
        found.append(
            f"Partners that exploit cost it {amount(suffered.figure.value)} against an honest one "
            f"(they cost an honest party {amount(suffered.honest)})."
        )
    if done is not None:
        found.append(f"Harmless partners gain {_as_much(-done.figure.value)} an honest party.")
    return found


def _as_much(more: float) -> str:
    size = amount(abs(more))
    if float(size) == 0:
        return "as much with it as with"
    return f"{size} {'more' if more > 0 else 'less'} with it than with"
