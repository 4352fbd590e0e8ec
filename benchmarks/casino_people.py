"""The people of CaSiNo as rows: what each wanted, got, felt, and could believe of the other.

Two rows a dialogue, the first camper's before the second's. Beliefs about the other are of four
kinds: uniform; the base rate of rankings given one's own; inferred from the other's words and
offers before the deal (`casino_beliefs`); and the product of the last two. All are fitted on other
dialogues than the one they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from casino_beliefs import (
    FOLDS,
    RANKINGS,
    Calibration,
    calibration,
    cross_validate,
    dataset,
    folds,
    load,
)

from comity.core.errors import InputError
from comity.games.files.casino import CasinoDialogue, read_casino

SATISFACTION = (
    "Extremely dissatisfied",
    "Slightly dissatisfied",
    "Undecided",
    "Slightly satisfied",
    "Extremely satisfied",
)
BELIEFS = ("uniform", "base rate", "inferred", "inferred x base rate")


@dataclass(frozen=True)
class People:
    """The campers of n dialogues, 2n rows unless stated.

    Attributes
    ----------
    kind, other : place of one's own and the other's true ranking in RANKINGS.
    role : 0 for the first camper, 1 for the second.
    points : what was scored; 5 after walking away.
    satisfaction : 1 to 5, as told afterwards.
    walked, efficient, best_joint : per dialogue, shape (n,): no deal; no deal would have been
        better for one and worse for none; the most points that any deal gives both together.
    beliefs : by name, shape (2n, 6), what one believes of the other.
    held_of : shape (2n, 6), what one's own words make the other believe (inferred).
    calibration : of the inferred beliefs.
    """

    kind: np.ndarray
    other: np.ndarray
    role: np.ndarray
    points: np.ndarray
    satisfaction: np.ndarray
    walked: np.ndarray
    efficient: np.ndarray
    best_joint: np.ndarray
    beliefs: Mapping[str, np.ndarray]
    held_of: np.ndarray
    calibration: Calibration

    @property
    def partner(self) -> np.ndarray:
        """Row of the other person."""
        return np.arange(len(self.kind)) ^ 1


def read_people(folder: Path, seed: int = 0) -> People:
    """Read the training dialogues and fit the beliefs.

    Raises `InputError` where a dialogue breaks the rules of the task.
    """
    raw = load(folder, "train")
    inner = folder / "casino" if (folder / "casino").is_dir() else folder
    dialogues = read_casino(inner / "casino_train.json")
    for dialogue in dialogues:
        if dialogue.irregular:
            raise InputError(
                "an irregular dialogue",
                place=f"dialogue {dialogue.number}",
                found=dialogue.irregular,
            )
    x, kind, groups = dataset(raw)
    held_of = cross_validate(x, kind, groups, seed)
    other = kind.reshape(-1, 2)[:, ::-1].ravel()
    endings = [_ending(dialogue) for dialogue in dialogues]
    return People(
        kind,
        other,
        np.tile([0, 1], len(dialogues)),
        np.concatenate([dialogue.recomputed_points() for dialogue in dialogues]),
        _satisfaction(raw),
        np.array([dialogue.walked_away for dialogue in dialogues]),
        np.array([efficient for efficient, _ in endings]),
        np.array([best for _, best in endings]),
        _beliefs(held_of, kind, other, folds(groups, FOLDS, seed)),
        held_of,
        calibration(held_of, kind, groups, seed=seed),
    )


def _ending(dialogue: CasinoDialogue) -> tuple[bool, float]:
    """Return whether the ending is undominated, and the largest joint points of any deal."""
    points, got = dialogue.game.payoff_points(), dialogue.recomputed_points()
    better = ((points >= got).all(axis=1) & (points > got).any(axis=1)).any()
    return not better, float(points.sum(axis=1).max())


def _satisfaction(raw: Sequence[Mapping]) -> np.ndarray:
    return np.array(
        [
            1.0 + SATISFACTION.index(d["participant_info"][p]["outcomes"]["satisfaction"])
            for d in raw
            for p in sorted(d["participant_info"])
        ]
    )


def _beliefs(
    held_of: np.ndarray, kind: np.ndarray, other: np.ndarray, fold: np.ndarray
) -> dict[str, np.ndarray]:
    base = base_rate(kind, other, fold)
    inferred = held_of.reshape(-1, 2, len(RANKINGS))[:, ::-1].reshape(held_of.shape)
    both = inferred * base
    both /= both.sum(axis=1, keepdims=True)
    uniform = np.full(held_of.shape, 1 / len(RANKINGS))
    return dict(zip(BELIEFS, (uniform, base, inferred, both), strict=True))


def relations() -> np.ndarray:
    """Return for each pair of rankings which of six relations holds, (6, 6).

    Relation k of ranking a to b is the ranking b in words of a's first, second and third issue.
    """
    places = [tuple(a.index(issue) for issue in b) for a in RANKINGS for b in RANKINGS]
    names = sorted(set(places))
    return np.array([names.index(place) for place in places]).reshape(len(RANKINGS), -1)


def base_rate(kind: np.ndarray, other: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Return how often each ranking meets one's own, counted with one more each, (2n, 6)."""
    table, found = relations(), np.zeros((len(kind), len(RANKINGS)))
    for k in np.unique(fold):
        seen = fold != k
        counts = 1.0 + np.bincount(table[kind[seen], other[seen]], minlength=len(RANKINGS))
        found[fold == k] = counts[table[kind[fold == k]]]
    return found / found.sum(axis=1, keepdims=True)
