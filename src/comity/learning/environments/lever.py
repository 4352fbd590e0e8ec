"""The lever game: all pull one lever at once, and are paid if it is the same one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import batch, moves, namespace, starts
from comity.learning.environments.protocol import Engine, Shape, Start, Step, Symmetry
from comity.learning.environments.stated import whole


class LeverState(NamedTuple):
    """A batch of games, each before its only step or after it: ``over``, shape (B,)."""

    over: Any


class Lever:
    """The lever game: nine levers pay 1 and one pays .9, if all pull the same.

    The nine cannot be told apart: self-play that settles on one of them meets a stranger who
    settled on it once in nine, while the odd one out pays .9 with anyone who thinks alike.

    Parameters
    ----------
    engine : ``numba`` (arrays of NumPy) or ``jax``.
    payoffs : what each lever pays; levers that pay alike are symmetric.
    players : how many pull.

    Source: Hu, Lerer, Peysakhovich and Foerster 2020, "Other-Play", section 1.
    """

    name = "lever"

    def __init__(
        self,
        engine: Engine = "numba",
        payoffs: Sequence[float] = (1.0,) * 9 + (0.9,),
        players: int = 2,
    ) -> None:
        self.engine: Engine = engine
        self._xp = namespace(engine)
        worths = _numbers(payoffs)
        if worths.ndim != 1 or len(worths) < 2 or not np.isfinite(worths).all():
            raise InputError(
                "not payoffs of levers",
                place="payoffs",
                found=repr(payoffs)[:80],
                expected="two or more finite numbers",
            )
        players = whole(players, "players", 2, 10)
        self.variant = {"payoffs": [float(worth) for worth in payoffs], "players": players}
        self._payoffs = self._xp.asarray(worths)
        self.shape = Shape(
            players=tuple(f"player {seat + 1}" for seat in range(players)),
            actions=(len(worths),) * players,
            observations=(1,) * players,
            horizon=1,
            turns=False,
            symmetries=tuple(
                Symmetry(
                    name=f"levers that pay {worth:g}",
                    observations=np.zeros((len(alike), 0), dtype=int),
                    actions=alike[:, None],
                )
                for worth in np.unique(worths)[::-1]
                if len(alike := np.flatnonzero(worths == worth)) > 1
            ),
        )

    def begin(self, rng: Any, size: int) -> LeverState:
        """Return ``size`` fresh games; there is no chance in them."""
        del rng
        return LeverState(self._xp.zeros(batch(size), dtype=bool))

    def start(self, given: Start | Sequence[Start]) -> LeverState:
        """Return a fresh game for each empty mapping."""
        return self.begin(None, len(starts(given, ())))

    def starts(self) -> tuple[list[dict[str, Any]], Any]:
        """Return the only start, which is certain."""
        return [{}], np.ones(1)

    def given(self, state: LeverState) -> list[dict[str, Any]]:
        """Return an empty mapping for each game."""
        return [{} for _ in range(len(state.over))]

    def observe(self, state: LeverState) -> Any:
        """Return whether the game is still on: nobody sees more."""
        seats = len(self.shape.players)
        on = self._xp.where(state.over, 0.0, 1.0).astype("float32")
        return self._xp.broadcast_to(on[:, None, None], (len(state.over), seats, 1))

    def legal(self, state: LeverState) -> Any:
        """Return all levers for everyone."""
        seats, levers = len(self.shape.players), self.shape.actions[0]
        return self._xp.ones((len(state.over), seats, levers), dtype=bool)

    def acting(self, state: LeverState) -> Any:
        """Return everyone, once."""
        seats = len(self.shape.players)
        return self._xp.broadcast_to(~state.over[:, None], (len(state.over), seats))

    def step(self, state: LeverState, actions: Any) -> Step:
        """Pay all if all pulled the same lever."""
        xp = self._xp
        pulled = moves(self.engine, actions, len(state.over), len(self.shape.players))
        fine = ((pulled >= 0) & (pulled < self.shape.actions[0])).all(axis=1) & ~state.over
        if self.engine == "numba" and not fine.all():
            raise InputError("no such lever, or the game is over", place="actions")
        same = (pulled == pulled[:, :1]).all(axis=1)
        worth = self._payoffs[xp.clip(pulled[:, 0], 0, self.shape.actions[0] - 1)]
        reward = xp.where(fine, xp.where(same, worth, 0.0), xp.nan).astype("float32")
        over = xp.ones_like(state.over)
        rewards = xp.broadcast_to(reward[:, None], pulled.shape)
        return Step(LeverState(over), rewards, over)

    def renew(self, state: LeverState, done: Any, rng: Any) -> LeverState:
        """Return the state with fresh games in place of those that are done."""
        del rng
        return LeverState(self._xp.where(done, False, state.over))

    def relabel(self, state: LeverState, symmetry: int, permutation: Any) -> LeverState:
        """Return the same state: no lever has left a mark on it yet."""
        del symmetry, permutation
        return state

    def describe(self, player: int, action: int) -> str:
        """Return which lever is pulled and what it pays."""
        del player
        return f"pull lever {action + 1} (pays {float(self._payoffs[action]):g})"


def _numbers(payoffs: Any) -> np.ndarray:
    """Return payoffs as an array, empty where they are no numbers."""
    try:
        return np.asarray(payoffs, dtype=np.float32)
    except (TypeError, ValueError):
        return np.zeros(0, dtype=np.float32)
