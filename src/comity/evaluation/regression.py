"""What changed from one version of an agent to the next, match by match on the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.evaluation.intervals import Together, together
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.scores import WORST, Better
from comity.evaluation.signs import chances, least_chance

Verdict = Literal["better", "worse", "no change seen"]


@dataclass(frozen=True)
class Change(Result):
    """One score of two versions.

    Attributes
    ----------
    name, title, group, share : of the score.
    before, after : the two figures.
    change : after less before, with an interval that holds for all changes at once.
    matches : how many bear on it.
    chance : how often chance alone would make it, or a score that changed less, as large.
    verdict : ``better`` or ``worse`` where that is rare enough.
    """

    name: str
    title: str
    group: str
    share: bool
    before: float
    after: float
    change: Certified
    matches: int
    chance: float
    verdict: Verdict


@dataclass(frozen=True)
class Regression(Result):
    """Two versions of an agent.

    Attributes
    ----------
    before, after : what they are called.
    changes : one per score and per threat.
    level : the chance that anything is called better or worse although it did not change is at
        most the rest.
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

    @property
    def too_few(self) -> tuple[Change, ...]:
        """The scores on which too few matches bear for any change to be certain."""
        return tuple(c for c in self.changes if least_chance(c.matches) > 1 - self.level)


def compare_versions(before: Evaluation, after: Evaluation) -> Regression:
    """Return how two evaluations on the same draws differ.

    Differences are paired by match. Verdicts are by `signs.chances`, exact for any number of
    matches; intervals, by `intervals.together`, say how large a change is, and can leave out 0
    where the verdict is open, or hold it where it is not. The worst case is compared threat by
    threat. Raises `InputError` unless both were made with the same suite, panel, matches and seed.
    """
    _check_settings(before, after)
    pairs = _pairs(before, after)
    values = np.array([_array(new) - _array(old) for old, new in pairs])
    joint = together(values, after.level, after.settings.seed)
    luck = chances(values, after.settings.seed)
    changes = tuple(
        _change(old, new, joint, k, float(luck[k])) for k, (old, new) in enumerate(pairs)
    )
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


def _pairs(before: Evaluation, after: Evaluation) -> list[tuple[Score, Score]]:
    """Return every score of both; equal settings give equal scores, or a file was changed."""
    old, new = (
        {(score.group, score.name, *_shape(score)): score for score in _compared(evaluation)}
        for evaluation in (before, after)
    )
    if old.keys() != new.keys():
        raise InputError(
            "a damaged evaluation",
            place="scores",
            found="scores or matches that the other does not have",
            expected="the same of both",
        )
    return [(old[key], score) for key, score in new.items()]


def _compared(evaluation: Evaluation) -> list[Score]:
    kept = [score for score in evaluation.scores if score.name != WORST.name]
    return [*kept, *evaluation.threats]


def _shape(score: Score) -> tuple[tuple[str, int], ...]:
    return tuple((family, len(row)) for family, row in score.values.items())


def _array(score: Score) -> np.ndarray:
    """Return the values, shape (F, M), ``nan`` in families that do not bear on it."""
    matches = max((len(row) for row in score.values.values()), default=0)
    if not matches or any(len(row) not in (0, matches) for row in score.values.values()):
        raise InputError("a damaged evaluation", place=f"scores.{score.name}.values")
    return np.array([row or [np.nan] * matches for row in score.values.values()])


def _change(old: Score, new: Score, joint: Together, k: int, chance: float) -> Change:
    change = joint.difference(k, share=new.share)
    return Change(
        new.name,
        new.title,
        new.group,
        new.share,
        old.figure.value,
        new.figure.value,
        change,
        int(joint.clusters[k]),
        chance,
        _verdict(change.value, new.better) if chance <= 1 - joint.level else "no change seen",
    )


def _verdict(change: float, better: Better) -> Verdict:
    return "better" if (change > 0) == (better == "higher") else "worse"
