"""What can be played: a lottery over outcomes, or independent mixed strategies."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from comity.core.errors import InputError

PROBABILITY_TOLERANCE = 1e-9

CERTAIN = np.ones(1)
CERTAIN.flags.writeable = False

Outcome = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Lottery:
    """A distribution over outcomes: a pure profile, a joint distribution or a lottery over deals.

    An outcome is a tuple of indices: one action per player in a `NormalForm`, one option per
    issue in a `Negotiation`.

    Attributes
    ----------
    outcomes : outcomes of one length, in no special order; one may stand twice.
    probabilities : shape (m,), not negative, summing to 1 (to 1e-9 an outcome, then exactly).

    Examples
    --------
    >>> Lottery.pure((0, 1)).probabilities
    array([1.])
    """

    outcomes: tuple[Outcome, ...]
    probabilities: np.ndarray

    def __post_init__(self) -> None:
        outcomes = tuple(_outcome(outcome) for outcome in self.outcomes)
        if len({len(outcome) for outcome in outcomes}) > 1:
            raise InputError("outcomes differ in length", place="lottery", found=outcomes[:3])
        object.__setattr__(self, "outcomes", outcomes)
        p = np.asarray(self.probabilities, dtype=float)
        if p.shape != (len(outcomes),) or not outcomes:
            raise InputError(
                "outcomes and probabilities disagree",
                place="lottery",
                found=f"{len(outcomes)} outcomes, probabilities of shape {p.shape}",
                expected="one probability per outcome",
            )
        object.__setattr__(self, "probabilities", checked_probabilities(p, "lottery"))

    @classmethod
    def pure(cls, outcome: Sequence[int]) -> Lottery:
        """Return the lottery that is certain of one outcome."""
        # Searches make these by the thousand, and there is no chance to check.
        lottery = object.__new__(cls)
        object.__setattr__(lottery, "outcomes", (_outcome(outcome),))
        object.__setattr__(lottery, "probabilities", CERTAIN)
        return lottery

    @classmethod
    def uniform(cls, outcomes: Sequence[Sequence[int]]) -> Lottery:
        """Return the lottery that gives each outcome the same chance."""
        count = max(1, len(outcomes))
        return cls(tuple(tuple(o) for o in outcomes), np.full(len(outcomes), 1 / count))

    @classmethod
    def from_table(cls, table: np.ndarray, threshold: float = 0.0) -> Lottery:
        """Return the lottery of a joint distribution given as a dense table.

        Entries up to ``threshold`` are dropped and the rest scaled to sum to 1.
        """
        kept = table > threshold
        cells = np.argwhere(kept)
        return cls(tuple(map(tuple, cells.tolist())), table[kept] / table[kept].sum())

    @property
    def is_pure(self) -> bool:
        """Whether one outcome is certain."""
        return len({o for o, p in zip(self.outcomes, self.probabilities, strict=True) if p}) == 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lottery):
            return NotImplemented
        return self.outcomes == other.outcomes and np.array_equal(
            self.probabilities, other.probabilities
        )

    def __hash__(self) -> int:
        return hash((self.outcomes, self.probabilities.tobytes()))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "kind": "lottery",
            "outcomes": [list(outcome) for outcome in self.outcomes],
            "probabilities": self.probabilities.tolist(),
        }


@dataclass(frozen=True, eq=False)
class MixedProfile:
    """Independent mixed strategies, one per player of a `NormalForm`.

    Attributes
    ----------
    strategies : for player i a vector over i's actions, not negative, summing to 1.

    Examples
    --------
    >>> MixedProfile(([0.5, 0.5], [1, 0])).to_lottery().outcomes
    ((0, 0), (1, 0))
    """

    strategies: tuple[np.ndarray, ...]

    def __post_init__(self) -> None:
        if not self.strategies:
            raise InputError("there are no strategies", place="strategies", found=0)
        vectors = [np.asarray(s, dtype=float) for s in self.strategies]
        for i, s in enumerate(vectors):
            if s.ndim != 1 or not s.size:
                raise InputError("not a mixed strategy", place=f"strategies[{i}]", found=s.tolist())
        checked = (checked_probabilities(s, f"strategies[{i}]") for i, s in enumerate(vectors))
        object.__setattr__(self, "strategies", tuple(checked))

    def to_lottery(self, threshold: float = 0.0) -> Lottery:
        """Return the joint distribution of the independent strategies."""
        return Lottery.from_table(np.asarray(reduce(np.multiply.outer, self.strategies)), threshold)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MixedProfile):
            return NotImplemented
        return len(self.strategies) == len(other.strategies) and all(
            map(np.array_equal, self.strategies, other.strategies)
        )

    def __hash__(self) -> int:
        return hash(tuple(s.tobytes() for s in self.strategies))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {"kind": "mixed", "strategies": [s.tolist() for s in self.strategies]}


Play = Lottery | MixedProfile


def play_from_dict(data: dict[str, Any]) -> Play:
    """Return the play that `to_dict` wrote."""
    readers = {"lottery": _lottery_from_dict, "mixed": _mixed_from_dict}
    kind = data.get("kind")
    if kind not in readers:
        raise InputError("unknown kind of play", found=repr(kind), expected="lottery or mixed")
    try:
        return readers[kind](data)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("not a play", place="play", found=repr(error)) from error


def _lottery_from_dict(data: dict[str, Any]) -> Play:
    return Lottery(tuple(map(tuple, data["outcomes"])), np.asarray(data["probabilities"], float))


def _mixed_from_dict(data: dict[str, Any]) -> Play:
    return MixedProfile(tuple(np.asarray(s, float) for s in data["strategies"]))


def _outcome(outcome: Sequence[int]) -> Outcome:
    try:
        return tuple(operator.index(k) for k in outcome)
    except TypeError as error:
        raise InputError(
            "an outcome is not made of whole numbers", place="lottery", found=repr(outcome)
        ) from error


def checked_probabilities(p: np.ndarray, place: str) -> np.ndarray:
    """Return a read-only probability vector without its rounding errors, or raise `InputError`."""
    if not np.all(np.isfinite(p)) or p.min() < -PROBABILITY_TOLERANCE:
        raise InputError("probability is negative or not finite", place=place, found=p.min())
    if abs(p.sum() - 1) > PROBABILITY_TOLERANCE * len(p):
        raise InputError("probabilities do not sum to 1", place=place, found=p.sum(), expected=1)
    clean = np.clip(p, 0, None)
    clean = clean / clean.sum()
    clean.flags.writeable = False
    return clean
