"""What people saw and did, step by step, as arrays to fit human models to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.overcooked.compiled import OvercookedCompiled
from comity.learning.environments.overcooked.errands import costs_all, plan_of
from comity.learning.environments.overcooked.features import FEATURES, features
from comity.learning.environments.overcooked.rules import ACTIONS
from comity.learning.humans.trajectories import STUDY_OF_2019, Trajectory, replay_trajectory


@dataclass(frozen=True, eq=False)
class Samples:
    """N choices of people.

    Attributes
    ----------
    seen : numbers before each, shape (N, len(FEATURES)); see `features`.
    actions : what was done, shape (N,).
    pairs : whose game, shape (N,).
    layouts : on which layout, shape (N,).
    costs : steps that the next errand takes if begun with each action, shape (N, 6); see `errands`.
    """

    seen: np.ndarray
    actions: np.ndarray
    pairs: np.ndarray
    layouts: np.ndarray
    costs: np.ndarray

    def of(self, chosen: np.ndarray) -> Samples:
        """Return some of the choices."""
        return Samples(
            self.seen[chosen],
            self.actions[chosen],
            self.pairs[chosen],
            self.layouts[chosen],
            self.costs[chosen],
        )


def samples(
    games: Iterable[Trajectory],
    rules: Mapping[str, Any] = STUDY_OF_2019,
    waiting: bool = True,
) -> Samples:
    """Return what both people saw and did in every step of some games.

    Parameters
    ----------
    games : of people. One that our rules do not replay exactly raises `InputError`: what its
        players saw is then not known.
    rules : variant of Overcooked.
    waiting : whether steps in which a person did nothing count; people wait in most.
    """
    parts = [_of_game(game, rules) for game in games]
    if not parts:
        raise InputError("no games", place="games", expected="at least one")
    found = Samples(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    return found if waiting else found.of(found.actions != ACTIONS.index("stay"))


def _of_game(game: Trajectory, rules: Mapping[str, Any]) -> tuple[np.ndarray, ...]:
    replayed = replay_trajectory(game, rules)
    if replayed.positions_differ:
        raise InputError(
            "the game was played by other rules",
            place=f"pair {game.pair}, {game.layout}",
            found=f"{replayed.positions_differ} of {replayed.steps} positions differ",
        )
    kitchen = OvercookedCompiled(**{**rules, "layout": game.layout})
    seen = features(kitchen.rules, replayed.kitchens).reshape(-1, len(FEATURES))
    costs = np.zeros((len(game.actions), 2, len(ACTIONS)), np.int64)
    plan = plan_of(kitchen.rules)
    for seat in (0, 1):
        found = np.empty((len(costs), len(ACTIONS)), np.int64)
        costs_all(replayed.kitchens, seat, plan, found)
        costs[:, seat] = found
    count = 2 * len(game.actions)
    return (
        seen,
        game.actions.ravel(),
        np.full(count, game.pair, object),
        np.full(count, game.layout, object),
        costs.reshape(count, len(ACTIONS)),
    )
