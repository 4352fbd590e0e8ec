"""What changed from one version of an agent to the next, match by match on the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.evaluation.intervals import together
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.scores import WORST

Verdict = Literal["better", "worse", "no change seen"]


@dataclass(frozen=True)
class Change(Result):
    """One score of two versions.

    Attributes
    ----------
    name, title, group, share : of the score.
    before, after : the two figures.
    change : after less before, with an interval that holds for all changes at once.
    verdict : ``better`` or ``worse`` where the interval leaves 0 out.
    """

    name: str
    title: str
    group: str
    share: bool
    before: float
    after: float
    change: Certified
    verdict: Verdict


@dataclass(frozen=True)
class Regression(Result):
    """Two versions of an agent.

    Attributes
    ----------
    before, after : what they are called.
    changes : one per score and per threat.
    level : chance that all intervals hold at once: if nothing changed, the chance that anything
        is called better or worse is at most the rest.
    faults : how many more moves went wrong.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    level: float
    faults: int

    @property
    def worse(self) -> tuple[Change, ...]:
        """The scores that became worse for certain, at the level."""
        return tuple(change for change in self.changes if change.verdict == "worse")

    @property
    def better(self) -> tuple[Change, ...]:
        """The scores that became better for certain, at the level."""
        return tuple(change for change in self.changes if change.verdict == "better")


def compare_versions(before: Evaluation, after: Evaluation) -> Regression:
    """Return how two evaluations on the same draws differ.

    Differences are paired by match; their intervals are those of `intervals.together`. The worst
    case is compared threat by threat. Raises `InputError` unless both were made with the same
    suite, panel, matches and seed.
    """
    _check_settings(before, after)
    pairs = [
        (old, new)
        for old, new in zip(_compared(before), _compared(after), strict=True)
        if old.name == new.name
    ]
    values = np.array([_array(new) - _array(old) for old, new in pairs])
    joint = together(values, after.level, after.settings.seed)
    changes = tuple(_change(old, new, joint.figure(k)) for k, (old, new) in enumerate(pairs))
    faults = sum(f.count for f in after.faults) - sum(f.count for f in before.faults)
    return Regression(before.agent, after.agent, changes, after.level, faults)


def _check_settings(before: Evaluation, after: Evaluation) -> None:
    old, new = before.settings.to_dict(), after.settings.to_dict()
    for name, value in new.items():
        if old[name] != value:
            raise InputError(
                "the two evaluations were not made on the same draws",
                place=f"settings.{name}",
                found=old[name],
                expected=value,
            )


def _compared(evaluation: Evaluation) -> list[Score]:
    kept = [score for score in evaluation.scores if score.name != WORST.name]
    return [*kept, *evaluation.threats]


def _array(score: Score) -> np.ndarray:
    """Return the values, shape (F, M), ``nan`` in families that do not bear on it."""
    matches = max((len(row) for row in score.values.values()), default=0)
    if not matches or any(len(row) not in (0, matches) for row in score.values.values()):
        raise InputError("a damaged evaluation", place=f"scores.{score.name}.values")
    return np.array([row or [np.nan] * matches for row in score.values.values()])


def _change(old: Score, new: Score, change: Certified) -> Change:
    return Change(
        new.name,
        new.title,
        new.group,
        new.share,
        old.figure.value,
        new.figure.value,
        change,
        _verdict(change, new.better),
    )


def _verdict(change: Certified, better: str) -> Verdict:
    if change.low is None or change.high is None or change.low <= 0 <= change.high:
        return "no change seen"
    return "better" if (change.value > 0) == (better == "higher") else "worse"
