"""Tiny Hanabi: each is dealt a card, one acts for both to see, the other acts, both are paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import batch, draw, moves, namespace, starts, whole_numbers
from comity.learning.environments.protocol import Engine, Shape, Start, Step

PAYOFFS: dict[str, list[Any]] = {
    "A": [[[[0, 1], [0, 0]], [[0, 1], [3, 2]]], [[[3, 3], [3, 2]], [[2, 0], [3, 3]]]],
    "B": [[[[1, 0], [1, 0]], [[0, 1], [0, 1]]], [[[0, 1], [0, 0]], [[1, 0], [1, 0]]]],
    "C": [[[[3, 0], [0, 3]], [[2, 0], [3, 3]]], [[[2, 2], [3, 0]], [[0, 1], [0, 2]]]],
    "D": [[[[3, 0], [1, 3]], [[3, 0], [3, 0]]], [[[3, 2], [0, 2]], [[0, 1], [0, 0]]]],
    "E": [
        [[[10, 0, 0], [4, 8, 4], [10, 0, 0]], [[0, 0, 10], [4, 8, 4], [0, 0, 10]]],
        [[[0, 0, 10], [4, 8, 4], [0, 0, 0]], [[10, 0, 0], [4, 8, 4], [10, 0, 0]]],
    ],
    "F": [
        [[[0, 3], [3, 2]], [[0, 0], [0, 1]], [[3, 1], [2, 1]]],
        [[[0, 2], [0, 1]], [[1, 2], [1, 2]], [[0, 1], [0, 3]]],
        [[[1, 3], [1, 2]], [[0, 3], [2, 2]], [[3, 1], [3, 0]]],
    ],
    "G": [[[[1, 2], [3, 4]]]],
}
"""By game: ``[first's card][second's card][first's action][second's action]``.

Source: Sokota, Lockhart, Timbers, Davoodi, D'Orazio, Burch, Schmid, Bowling and Lanctot 2021,
"Solving Common-Payoff Games with Approximate Policy Iteration", tiny Hanabi suite; E, the one with
three actions, is Foerster et al. 2019, "Bayesian Action Decoder", figure 2.
"""

OPTIMA: dict[str, float] = {
    "A": 2.25,
    "B": 1.0,
    "C": 2.5,
    "D": 2.5,
    "E": 10.0,
    "F": 7 / 3,
    "G": 4.0,
}
"""What the best pair of players gets on average, as published; the tests enumerate all pairs."""

NOT_YET = -1


class TinyHanabiState(NamedTuple):
    """A batch of games.

    Attributes
    ----------
    cards : of each player, shape (B, 2), int32.
    spoken : what the first player did, or -1 before, shape (B,), int32.
    over : shape (B,).
    """

    cards: Any
    spoken: Any
    over: Any


class TinyHanabi:
    """One of the seven games of the tiny Hanabi suite.

    Parameters
    ----------
    engine : ``numba`` (arrays of NumPy) or ``jax``.
    game : ``A`` to ``G``. Cards are dealt to each player alone, all as likely.

    A player sees its own card and, once done, what the first player did.

    Source: see `PAYOFFS`.
    """

    name = "tiny hanabi"

    def __init__(self, engine: Engine = "numba", game: str = "A") -> None:
        if not isinstance(game, str) or game not in PAYOFFS:
            raise InputError("unknown game", place="game", found=game, expected=", ".join(PAYOFFS))
        self.engine: Engine = engine
        self.variant = {"game": game}
        self.payoffs = np.array(PAYOFFS[game], dtype=np.float32)
        self._xp = namespace(engine)
        self._table = self._xp.asarray(self.payoffs)
        self._cards = self.payoffs.shape[0]
        self._actions = self.payoffs.shape[2]
        self.shape = Shape(
            players=("first", "second"),
            actions=(self._actions,) * 2,
            observations=(self._cards + self._actions,) * 2,
            horizon=2,
            turns=True,
        )

    def begin(self, rng: Any, size: int) -> TinyHanabiState:
        """Return ``size`` fresh games."""
        return self._dealt(draw(self.engine, rng, self._cards, (batch(size), 2)))

    def start(self, given: Start | Sequence[Start]) -> TinyHanabiState:
        """Return games in which ``cards``, first's and second's, are dealt."""
        cards = [
            whole_numbers(start.get("cards"), f"given[{game}].cards", 2, self._cards)
            for game, start in enumerate(starts(given, ("cards",)))
        ]
        return self._dealt(self._xp.asarray(cards, dtype="int32"))

    def starts(self) -> tuple[list[dict[str, Any]], np.ndarray]:
        """Return every deal and its chance."""
        deals = [{"cards": [a, b]} for a in range(self._cards) for b in range(self._cards)]
        return deals, np.full(len(deals), 1 / len(deals))

    def _dealt(self, cards: Any) -> TinyHanabiState:
        size = len(cards)
        spoken = self._xp.full(size, NOT_YET, dtype="int32")
        return TinyHanabiState(cards, spoken, self._xp.zeros(size, dtype=bool))

    def given(self, state: TinyHanabiState) -> list[dict[str, Any]]:
        """Return the cards of each game."""
        return [{"cards": cards} for cards in np.asarray(state.cards).tolist()]

    def observe(self, state: TinyHanabiState) -> Any:
        """Return own card and what the first player did, each one-hot."""
        xp = self._xp
        own = state.cards[:, :, None] == xp.arange(self._cards)
        said = state.spoken[:, None] == xp.arange(self._actions)
        both = xp.broadcast_to(said[:, None, :], (len(said), 2, self._actions))
        return xp.concatenate([own, both], axis=2).astype("float32")

    def legal(self, state: TinyHanabiState) -> Any:
        """Return all actions."""
        return self._xp.ones((len(state.over), 2, self._actions), dtype=bool)

    def acting(self, state: TinyHanabiState) -> Any:
        """Return first, then second."""
        first = (state.spoken == NOT_YET) & ~state.over
        second = (state.spoken != NOT_YET) & ~state.over
        return self._xp.stack([first, second], axis=1)

    def step(self, state: TinyHanabiState, actions: Any) -> Step:
        """Note the first player's action, or pay both for the second's."""
        xp = self._xp
        chosen = moves(self.engine, actions, len(state.over), 2).astype("int32")
        opening = state.spoken == NOT_YET
        move = xp.where(opening, chosen[:, 0], chosen[:, 1])
        fine = (move >= 0) & (move < self._actions) & ~state.over
        if self.engine == "numba" and not fine.all():
            raise InputError("no such action, or the game is over", place="actions")
        inside = xp.clip(move, 0, self._actions - 1)
        said = xp.where(opening, 0, state.spoken)
        worth = self._table[state.cards[:, 0], state.cards[:, 1], said, inside]
        reward = xp.where(fine, xp.where(opening, 0.0, worth), xp.nan).astype("float32")
        over = state.over | ~opening | ~fine
        after = TinyHanabiState(state.cards, xp.where(opening, move, state.spoken), over)
        return Step(after, xp.stack([reward, reward], axis=1), over)

    def renew(self, state: TinyHanabiState, done: Any, rng: Any) -> TinyHanabiState:
        """Return the state with fresh games in place of those that are done."""
        fresh = self.begin(rng, len(state.over))
        return TinyHanabiState(
            self._xp.where(done[:, None], fresh.cards, state.cards),
            self._xp.where(done, fresh.spoken, state.spoken),
            self._xp.where(done, fresh.over, state.over),
        )

    def describe(self, player: int, action: int) -> str:
        """Return an action by its number."""
        del player
        return f"action {action + 1}"
