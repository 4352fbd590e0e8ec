"""What can be played: a lottery over outcomes, or independent mixed strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError

PROBABILITY_TOLERANCE = 1e-9

Outcome = tuple[int, ...]


@dataclass(frozen=True)
class Lottery:
    """A distribution over outcomes: a pure profile, a joint distribution or a lottery over deals.

    An outcome is a tuple of indices: one action per player in a `NormalForm`, one option per
    issue in a `Negotiation`.

    Attributes
    ----------
    outcomes : outcomes with positive probability, in no special order.
    probabilities : shape (m,), positive, summing to 1.

    Examples
    --------
    >>> Lottery.pure((0, 1)).probabilities
    array([1.])
    """

    outcomes: tuple[Outcome, ...]
    probabilities: np.ndarray

    def __post_init__(self) -> None:
        p = np.asarray(self.probabilities, dtype=float)
        if p.shape != (len(self.outcomes),) or len(p) == 0:
            raise InputError(
                "outcomes and probabilities disagree",
                place="lottery",
                found=f"{len(self.outcomes)} outcomes, probabilities of shape {p.shape}",
                expected="one probability per outcome",
            )
        if not np.all(np.isfinite(p)) or p.min() < -PROBABILITY_TOLERANCE:
            raise InputError(
                "probability is negative or not finite", place="lottery", found=p.min()
            )
        if abs(p.sum() - 1) > PROBABILITY_TOLERANCE * max(1, len(p)):
            raise InputError("probabilities do not sum to 1", place="lottery", found=p.sum())
        object.__setattr__(self, "probabilities", np.clip(p, 0, None) / np.clip(p, 0, None).sum())
        clean = tuple(tuple(int(k) for k in outcome) for outcome in self.outcomes)
        object.__setattr__(self, "outcomes", clean)

    @classmethod
    def pure(cls, outcome: Sequence[int]) -> Lottery:
        """Return the lottery that is certain of one outcome."""
        return cls((tuple(outcome),), np.ones(1))

    @classmethod
    def uniform(cls, outcomes: Sequence[Sequence[int]]) -> Lottery:
        """Return the lottery that gives each outcome the same chance."""
        return cls(tuple(tuple(o) for o in outcomes), np.full(len(outcomes), 1 / len(outcomes)))

    @classmethod
    def from_table(cls, table: np.ndarray, threshold: float = 0.0) -> Lottery:
        """Return the lottery of a joint distribution given as a dense table."""
        cells = np.argwhere(table > threshold)
        return cls(
            tuple(map(tuple, cells.tolist())),
            table[tuple(cells.T)] / table[table > threshold].sum(),
        )

    @property
    def is_pure(self) -> bool:
        """Whether one outcome is certain."""
        return len(self.outcomes) == 1

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "kind": "lottery",
            "outcomes": [list(outcome) for outcome in self.outcomes],
            "probabilities": self.probabilities.tolist(),
        }


@dataclass(frozen=True)
class MixedProfile:
    """Independent mixed strategies, one per player of a `NormalForm`.

    Attributes
    ----------
    strategies : for player i a vector over i's actions, summing to 1.
    """

    strategies: tuple[np.ndarray, ...]

    def __post_init__(self) -> None:
        vectors = tuple(np.asarray(s, dtype=float) for s in self.strategies)
        for i, s in enumerate(vectors):
            if s.ndim != 1 or not np.all(np.isfinite(s)) or s.min() < -PROBABILITY_TOLERANCE:
                raise InputError("not a mixed strategy", place=f"strategies[{i}]", found=s)
            if abs(s.sum() - 1) > PROBABILITY_TOLERANCE * max(1, len(s)):
                raise InputError(
                    "probabilities do not sum to 1", place=f"strategies[{i}]", found=s.sum()
                )
        object.__setattr__(self, "strategies", vectors)

    def to_lottery(self, threshold: float = 0.0) -> Lottery:
        """Return the joint distribution of the independent strategies."""
        table = self.strategies[0]
        for strategy in self.strategies[1:]:
            table = np.multiply.outer(table, strategy)
        return Lottery.from_table(table, threshold)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {"kind": "mixed", "strategies": [s.tolist() for s in self.strategies]}


Play = Lottery | MixedProfile


def play_from_dict(data: dict[str, Any]) -> Play:
    """Return the play that `to_dict` wrote."""
    if data.get("kind") == "lottery":
        outcomes = tuple(tuple(o) for o in data["outcomes"])
        return Lottery(outcomes, np.asarray(data["probabilities"], dtype=float))
    if data.get("kind") == "mixed":
        return MixedProfile(tuple(np.asarray(s, dtype=float) for s in data["strategies"]))
    raise InputError("unknown kind of play", found=data.get("kind"), expected="lottery or mixed")
