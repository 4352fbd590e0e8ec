"""How a person acts on its goal: what the assistant has to assume, and may be wrong about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.core.errors import InputError
from comity.games.validation import checked_array

TIE = 1e-9
"""By how much actions may differ and still be equally good: a share of the best value and 1."""


@dataclass(frozen=True)
class Reply:
    """A person who knows the assistant's plan and replies to it.

    Attributes
    ----------
    sensitivity : how steeply choices follow what they are worth, per unit of reward; infinite for a
        person who never errs by degrees.
    error : chance of an action at random.
    name, about, source : for readers.

    The rational reply teaches: since the plan reads what the person does, the best action is also
    the one that tells most where telling pays (Hadfield-Menell et al. 2016, "best response").
    Source of the noisy one: Malik et al. (2018), Boltzmann in the values of actions
    under the assistant's plan.
    """

    sensitivity: float = np.inf
    error: float = 0.0
    name: str = ""
    about: str = ""
    source: str = "Hadfield-Menell et al. (2016); Malik et al. (2018)"

    def __post_init__(self) -> None:
        if not self.sensitivity >= 0:
            raise InputError(
                "out of range", place="sensitivity", found=self.sensitivity, expected="0 or more"
            )
        if not 0 <= self.error <= 1:
            raise InputError("out of range", place="error", found=self.error, expected="0 to 1")
        if not self.name:
            words = "rational"
            if np.isfinite(self.sensitivity):
                words = f"noisy reply ({self.sensitivity:g})"
            if self.error:
                words += f", errs {self.error:g}"
            object.__setattr__(self, "name", words)

    @property
    def exact(self) -> bool:
        """Whether values rise with those of later plans and are convex, so pruning loses nothing.

        The larger of values is; so is an average with a fixed chance of error. Boltzmann is not: a
        better reply to a poor action can draw the person to it.
        """
        return bool(np.isinf(self.sensitivity))

    def chances(self, values: np.ndarray, allowed: np.ndarray) -> np.ndarray:
        """Return how likely each action is, shape (..., H), by what the actions are worth."""
        open_ = np.where(allowed, values, -np.inf)
        best = open_.max(axis=-1, keepdims=True)
        if np.isinf(self.sensitivity):
            chosen = (open_ >= best - TIE * (1 + np.abs(best))).astype(float)
        else:
            with np.errstate(invalid="ignore"):
                chosen = np.exp(self.sensitivity * (open_ - best))
            chosen = np.where(allowed, chosen, 0.0)
        chosen /= chosen.sum(axis=-1, keepdims=True)
        even = np.broadcast_to(allowed / allowed.sum(), chosen.shape)
        return (1 - self.error) * chosen + self.error * even

    def values(self, worth: np.ndarray, allowed: np.ndarray) -> np.ndarray:
        """Return what a plan is worth, shape (...), by what the actions are worth, (..., H)."""
        if self.exact and not self.error:
            return np.where(allowed, worth, -np.inf).max(axis=-1)
        return (self.chances(worth, allowed) * np.where(allowed, worth, 0.0)).sum(axis=-1)


@dataclass(frozen=True, eq=False)
class Fixed:
    """A person whose choices depend on goal, state and time, not on the assistant's plan.

    Attributes
    ----------
    table : shape (T, G, S, H), the chance of each action; T is 1 where time makes no difference.
        Actions that are not allowed have chance 0.
    name, about, source : for readers.
    """

    table: np.ndarray
    name: str
    about: str = ""
    source: str = ""
    settings: dict[str, Any] = field(default_factory=dict)

    exact = True
    """Values are averages of those of later plans, so pruning loses nothing."""

    def __post_init__(self) -> None:
        table = np.asarray(self.table, float)
        if table.ndim != 4:
            raise InputError(
                "shape does not fit",
                place=self.name,
                found=table.shape,
                expected="(times, goals, states, actions of the person)",
            )
        object.__setattr__(self, "table", checked_array(table, table.shape, self.name))

    def at(self, step: int, state: int) -> np.ndarray:
        """Return the chance of each action by goal, shape (G, H)."""
        return self.table[min(step, len(self.table) - 1), :, state]


Procedure = Reply | Fixed
RATIONAL = Reply(about="Replies best to the assistant's plan, and so teaches it.")


def check_procedure(procedure: Procedure, game: AssistanceGame) -> None:
    """Raise `InputError` unless a procedure says how likely each action is in this game."""
    if isinstance(procedure, Reply):
        return
    states, person, _, goals = game.shape
    table = procedure.table
    if table.shape[1:] != (goals, states, person):
        raise InputError(
            "the procedure is of another game",
            place=procedure.name,
            found=table.shape[1:],
            expected=(goals, states, person),
        )
    live = ~game.final
    forbidden = table[:, :, live] * ~game.person_allowed[live]
    wrong = np.abs(table[:, :, live].sum(axis=-1) - 1).max(initial=0.0)
    if forbidden.any() or wrong > 1e-9 or table.min() < 0:
        raise InputError(
            "not chances of the actions that a state allows",
            place=procedure.name,
            found=f"sums up to {wrong:g} from 1, {int((forbidden > 0).sum())} on others",
            expected="numbers from 0 to 1 that sum to 1",
        )
