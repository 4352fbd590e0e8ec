"""Any game in strategic form, played again and again by the same players."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import as_generator
from comity.games.catalogue import entry
from comity.games.normal_form import NormalForm
from comity.learning.environments.arrays import batch, key_of, moves, namespace, starts
from comity.learning.environments.protocol import Engine, Shape, Start, Step
from comity.learning.environments.stated import whole

NOT_YET = -1
LONGEST = 1_000_000


class Rounds(NamedTuple):
    """A batch of B iterated games.

    Attributes
    ----------
    played : rounds so far, shape (B,), int32.
    length : after how many it ends, shape (B,), int32: the only chance there is.
    last : what each did in the last round, shape (B, n), int32; -1 at first.
    """

    played: Any
    length: Any
    last: Any


class Iterated:
    """A game in strategic form, iterated for a number of rounds or until chance ends it.

    Parameters
    ----------
    engine : ``numba`` (arrays of NumPy) or ``jax``.
    game : a `NormalForm`, the name of one in `comity.games.catalogue`, or a mapping that holds
        ``payoffs``, shape (n, A_1, ..., A_n), and may hold names of ``players`` and ``actions``.
    horizon : most rounds.
    continuation : chance that a round is followed by another, a discount factor that players live
        through; None for exactly ``horizon`` rounds. Nobody sees how many are left.

    Each sees what everyone did in the last round, one-hot, itself first, then the others in order
    of seats.
    """

    name = "iterated"

    def __init__(
        self,
        engine: Engine = "numba",
        game: NormalForm | str | Mapping[str, Any] = "prisoners_dilemma",
        horizon: int = 100,
        continuation: float | None = None,
    ) -> None:
        self.engine: Engine = engine
        self._xp = namespace(engine)
        self.game = _game(game)
        horizon = whole(horizon, "horizon", 1, LONGEST)
        if continuation is not None and not 0 < continuation < 1:
            raise InputError(
                "not a chance to go on",
                place="continuation",
                found=continuation,
                expected="between 0 and 1, or None",
            )
        self.horizon, self.continuation = horizon, continuation
        self.variant: dict[str, object] = {
            "game": {
                "payoffs": self.game.table.tolist(),
                "players": list(self.game.players),
                "actions": [list(names) for names in self.game.actions],
            },
            "horizon": horizon,
            "continuation": continuation,
        }
        self._payoffs = self._xp.asarray(self.game.table.astype(np.float32))
        counts = self.game.shape
        self.shape = Shape(
            players=self.game.players,
            actions=counts,
            observations=(sum(counts),) * len(counts),
            horizon=horizon,
            turns=False,
        )

    def begin(self, rng: Any, size: int) -> Rounds:
        """Return ``size`` fresh games, with their lengths drawn."""
        return self._fresh(self._lengths(rng, batch(size)))

    def _lengths(self, rng: Any, size: int) -> Any:
        xp = self._xp
        if self.continuation is None:
            return xp.full(size, self.horizon, dtype="int32")
        uniform: Any
        if self.engine == "numba":
            uniform = 1 - as_generator(rng).random(size)
        else:
            import jax

            uniform = 1 - jax.random.uniform(key_of(rng), (size,))
        rounds = 1 + xp.floor(xp.log(uniform) / np.log(self.continuation))
        return xp.minimum(rounds, self.horizon).astype("int32")

    def _fresh(self, lengths: Any) -> Rounds:
        xp, size = self._xp, len(lengths)
        nobody = xp.full((size, len(self.game.players)), NOT_YET, dtype="int32")
        return Rounds(xp.zeros(size, dtype="int32"), lengths, nobody)

    def start(self, given: Start | Sequence[Start]) -> Rounds:
        """Return games of as many ``rounds`` as stated, ``horizon`` unless stated."""
        lengths = [one.get("rounds", self.horizon) for one in starts(given, ("rounds",))]
        for place, length in enumerate(lengths):
            if not isinstance(length, (int, np.integer)) or not 1 <= length <= self.horizon:
                raise InputError(
                    "not so many rounds",
                    place=f"given[{place}].rounds",
                    found=repr(length)[:40],
                    expected=f"1 to {self.horizon}",
                )
        return self._fresh(self._xp.asarray(lengths, dtype="int32"))

    def starts(self) -> tuple[list[dict[str, Any]], np.ndarray]:
        """Return every length a game can have, and its chance."""
        if self.continuation is None:
            return [{"rounds": self.horizon}], np.ones(1)
        lengths = np.arange(self.horizon)
        chances = self.continuation**lengths * (1 - self.continuation)
        chances[-1] = self.continuation ** (self.horizon - 1)
        return [{"rounds": int(length) + 1} for length in lengths], chances

    def given(self, state: Rounds) -> list[dict[str, Any]]:
        """Return how many rounds each game has."""
        return [{"rounds": length} for length in np.asarray(state.length).tolist()]

    def observe(self, state: Rounds) -> Any:
        """Return what everyone did last, one-hot, itself first; shape (B, n, sum of actions)."""
        xp = self._xp
        did = [
            (state.last[:, seat, None] == xp.arange(count)).astype("float32")
            for seat, count in enumerate(self.game.shape)
        ]
        views = [
            xp.concatenate([did[seat], *(did[:seat]), *(did[seat + 1 :])], axis=1)
            for seat in range(len(did))
        ]
        return xp.stack(views, axis=1)

    def legal(self, state: Rounds) -> Any:
        """Return the actions that each has."""
        counts = np.array(self.game.shape)
        own = self._xp.asarray(np.arange(counts.max()) < counts[:, None])
        return self._xp.broadcast_to(own, (len(state.played), *own.shape))

    def acting(self, state: Rounds) -> Any:
        """Return everyone, until the end."""
        on = state.played < state.length
        return self._xp.broadcast_to(on[:, None], state.last.shape)

    def step(self, state: Rounds, actions: Any) -> Step:
        """Pay each for what all did, and note it."""
        xp = self._xp
        chosen = moves(self.engine, actions, *state.last.shape).astype("int32")
        counts = xp.asarray(np.array(self.game.shape, np.int32))
        fine = ((chosen >= 0) & (chosen < counts)).all(axis=1) & (state.played < state.length)
        if self.engine == "numba" and not fine.all():
            raise InputError("no such action, or the game is over", place="actions")
        inside = xp.clip(chosen, 0, counts - 1)
        paid = self._payoffs[(slice(None), *(inside[:, seat] for seat in range(len(counts))))].T
        played = state.played + 1
        rewards = xp.where(fine[:, None], paid, xp.nan).astype("float32")
        return Step(Rounds(played, state.length, inside), rewards, (played >= state.length) | ~fine)

    def renew(self, state: Rounds, done: Any, rng: Any) -> Rounds:
        """Return the state with fresh games in place of those that are done."""
        xp = self._xp
        fresh, over = self.begin(rng, len(state.played)), xp.asarray(done)
        return Rounds(
            xp.where(over, fresh.played, state.played),
            xp.where(over, fresh.length, state.length),
            xp.where(over[:, None], fresh.last, state.last),
        )

    def describe(self, player: int, action: int) -> str:
        """Return the name of an action."""
        return self.game.actions[player][action]


def _game(game: NormalForm | str | Mapping[str, Any]) -> NormalForm:
    """Return the game that is meant, or raise `InputError`."""
    if isinstance(game, str):
        made = entry(game).make()
        if not isinstance(made, NormalForm):
            raise InputError("not a game in strategic form", place="game", found=game)
        return made
    if isinstance(game, Mapping):
        strange = set(game) - {"payoffs", "players", "actions"}
        if strange or "payoffs" not in game:
            raise InputError(
                "not a game",
                place="game",
                found=", ".join(sorted(game)),
                expected="payoffs, and perhaps players and actions",
            )
        return NormalForm.from_payoffs(game["payoffs"], game.get("players"), game.get("actions"))
    if not isinstance(game, NormalForm):
        raise InputError(
            "not a game", place="game", found=repr(game)[:40], expected="a NormalForm or a name"
        )
    return game
