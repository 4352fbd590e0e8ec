"""What the assistant does not know: types, each a goal with a way to act on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import Fixed, Procedure, Reply, check_procedure
from comity.core.errors import InputError


@dataclass(frozen=True, eq=False)
class Hidden:
    """The hidden types of one game.

    Attributes
    ----------
    game : states, actions and time.
    names : of the X types.
    goals : shape (X,), the goal of each.
    procedures : of each.
    prior : shape (X,).
    rewards : shape (X, S, H, A).
    """

    game: AssistanceGame
    names: tuple[str, ...]
    goals: np.ndarray
    procedures: tuple[Procedure, ...]
    prior: np.ndarray
    rewards: np.ndarray

    @property
    def exact(self) -> bool:
        """Whether plans that are of no use at any belief can be left out without loss."""
        return all(p.exact for p in self.procedures)

    @property
    def rational(self) -> np.ndarray:
        """Which types reply best without error, shape (X,)."""
        return np.array([isinstance(p, Reply) and p.exact and not p.error for p in self.procedures])

    @property
    def fixed(self) -> np.ndarray:
        """Which types act by a table, shape (X,)."""
        return np.array([isinstance(p, Fixed) for p in self.procedures])

    def table(self, step: int, state: int) -> np.ndarray:
        """Return the chances of actions of types that act by a table, (X, H); else 0."""
        found = np.zeros((len(self.names), self.game.shape[1]))
        for x, (goal, procedure) in enumerate(zip(self.goals, self.procedures, strict=True)):
            if isinstance(procedure, Fixed):
                found[x] = procedure.at(step, state)[goal]
        return found

    def chances(self, step: int, state: int, worth: np.ndarray) -> np.ndarray:
        """Return how likely every action is, (X, H), if actions are worth ``worth``, (X, H)."""
        allowed = self.game.person_allowed[state]
        found = self.table(step, state)
        for x, procedure in enumerate(self.procedures):
            if isinstance(procedure, Reply):
                found[x] = procedure.chances(worth[x], allowed)
        return found


def one_person(game: AssistanceGame, procedure: Procedure) -> Hidden:
    """Return the types of a person whose procedure is known: its goals."""
    check_procedure(procedure, game)
    count = len(game.goals)
    return Hidden(
        game, game.goals, np.arange(count), (procedure,) * count, game.prior, game.rewards
    )


def unsure(
    game: AssistanceGame,
    procedures: Mapping[str, Procedure] | Sequence[Procedure],
    weights: Sequence[float] | None = None,
) -> Hidden:
    """Return the types of a person who may follow any of several procedures: pairs, goal by goal.

    Parameters
    ----------
    procedures : by name, or under their own names.
    weights : how likely each procedure is; even unless given.
    """
    listed = (
        dict(procedures) if isinstance(procedures, Mapping) else {p.name: p for p in procedures}
    )
    if not listed or (not isinstance(procedures, Mapping) and len(listed) < len(procedures)):
        raise InputError(
            "procedures need names of their own",
            place="procedures",
            found=", ".join(listed) or "none",
            expected="one or more, each under its name",
        )
    for procedure in listed.values():
        check_procedure(procedure, game)
    share = np.full(len(listed), 1 / len(listed)) if weights is None else np.asarray(weights, float)
    if share.shape != (len(listed),) or share.min() < 0 or abs(share.sum() - 1) > 1e-9:
        raise InputError(
            "not a distribution over the procedures",
            place="weights",
            found=share.tolist(),
            expected=f"{len(listed)} numbers from 0 to 1 that sum to 1",
        )
    count = len(game.goals)
    return Hidden(
        game,
        tuple(f"{goal}, {name}" for name in listed for goal in game.goals),
        np.tile(np.arange(count), len(listed)),
        tuple(p for p in listed.values() for _ in range(count)),
        (share[:, None] * game.prior).ravel(),
        np.tile(game.rewards, (len(listed), 1, 1, 1)),
    )


def check_covered(hidden: Hidden, steps: int | None = None) -> None:
    """Raise `InputError` where some steps of a game say nothing sure of all of it.

    What comes late moves the choices of a person that replies with noise at once, by more than the
    late steps are worth; for all others it moves values by no more than that.
    """
    horizon = hidden.game.horizon
    if not hidden.exact and (horizon is None or (steps is not None and steps < horizon)):
        raise InputError(
            "a noisy reply depends on all that is to come",
            place="horizon",
            found="none" if horizon is None else f"{horizon}, of which {steps} are counted",
            expected="a horizon, and all of its steps",
        )
