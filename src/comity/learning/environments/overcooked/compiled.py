"""Overcooked in compiled loops on the CPU, in place: for play, search and bots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core import InputError
from comity.learning.environments.arrays import batch, moves
from comity.learning.environments.overcooked import kernels
from comity.learning.environments.overcooked.features import features
from comity.learning.environments.overcooked.kitchen import Kitchen
from comity.learning.environments.overcooked.rules import ACTIONS, Kitchens, Position, unpack_time
from comity.learning.environments.protocol import Engine, Start, Step


class OvercookedCompiled(Kitchen):
    """Overcooked on the CPU; `Kitchen` lists the settings. A step changes the state it is given.

    Examples
    --------
    >>> kitchen = OvercookedCompiled(layout="cramped_room")
    >>> state = kitchen.begin(0, size=1)
    >>> step = kitchen.step(state, [[3, 5]])
    >>> kitchen.positions(step.state)[0]["cooks"][0]
    {'at': [1, 2], 'facing': 'west', 'holds': 'nothing'}
    """

    engine: Engine = "numba"

    def begin(self, rng: Any, size: int) -> Kitchens:
        """Return ``size`` fresh games."""
        return _under_way(self._begin(rng, batch(size)))

    def start(self, given: Start | Sequence[Start]) -> Kitchens:
        """Return games from given positions, see `positions`."""
        return _under_way(self._start(given))

    def observe(self, state: Kitchens, out: np.ndarray | None = None) -> np.ndarray:
        """Return what each cook sees, shape (B, 2, observations); a picture in ``out`` if given."""
        if self.view == "features":
            return features(self.rules, state.now)
        size, length = len(state.now.cooks), self.shape.observations[0]
        seen = np.empty((size, 2, length), np.uint8) if out is None else out
        kernels.observe_all(
            state.now,
            self._grounds,
            self.rules.place_cells,
            self.rules.cooking,
            self._settings,
            seen.reshape(size, 2 * length),
        )
        return seen

    def legal(self, state: Kitchens) -> np.ndarray:
        """Return that everything is allowed, always."""
        return np.ones((len(state.now.cooks), 2, len(ACTIONS)), bool)

    def acting(self, state: Kitchens) -> np.ndarray:
        """Return that both move until the game is over."""
        on = unpack_time(state.now.cooks) < self.rules.horizon
        return np.repeat(on[:, None], 2, axis=1)

    def step(self, state: Kitchens, actions: Any) -> Step:
        """Play one step in place; both are paid what the team earns.

        Raises `InputError`, and changes nothing, for what is no action or a game that is over.
        """
        size = len(state.now.cooks)
        chosen = np.ascontiguousarray(moves(self.engine, actions, size, 2), np.int64)
        fault = kernels.first_fault(state.now.cooks, chosen, self.rules.horizon)
        if fault >= 0:
            raise InputError(
                "no such action, or the game is over",
                place=f"actions[{fault}]",
                found=chosen[fault].tolist(),
                expected="0 to 5 before the end",
            )
        rewards, done = np.empty((size, 2), np.float32), np.empty(size, np.bool_)
        kernels.step_all(state, chosen, rewards, done, self.rules.tables, self._settings)
        return Step(state, rewards, done)

    def shaped(self, state: Kitchens) -> np.ndarray:
        """Return the shaping reward that the last step brought each cook, shape (B, 2)."""
        return state.shaped.astype(np.float32)

    def renew(self, state: Kitchens, done: Any, rng: Any) -> Kitchens:
        """Put fresh games in place of those that are done."""
        over = np.flatnonzero(done)
        fresh = _under_way(self._begin(rng, len(over)))
        for part, new in zip(_parts(state), _parts(fresh), strict=True):
            part[over] = new
        return state


def _under_way(position: Position) -> Kitchens:
    size = len(position.cooks)
    now = Position(*(np.array(part) for part in position))
    return Kitchens(now, np.zeros((size, 2), np.uint8), position)


def _parts(state: Kitchens) -> list[np.ndarray]:
    return [*state.now, state.shaped, *state.origin]
