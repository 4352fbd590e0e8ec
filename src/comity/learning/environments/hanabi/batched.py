"""Hanabi in JAX: the same packed words as on the CPU, each an array over the games of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import batch, key_of
from comity.learning.environments.hanabi import batched_moves, batched_sight, decks, positions
from comity.learning.environments.hanabi.batched_deals import dealt, renewed, shuffled
from comity.learning.environments.hanabi.batched_state import HanabiState, is_over, mover
from comity.learning.environments.hanabi.game import Hanabi
from comity.learning.environments.protocol import Start, Step


class HanabiBatched(Hanabi):
    """Hanabi for learning in batches, on CPU and GPU.

    A state is a `HanabiState`; its methods are pure, are compiled on first use for each size of
    batch and may be called within ``jit``. Observations are uint8, made when asked for.
    """

    def __init__(self, engine: Any = "jax", **variant: Any) -> None:
        super().__init__(engine, **variant)
        rules = self.rules
        self._begin = jax.jit(
            lambda key, size: dealt(shuffled(key, size, rules), rules), static_argnums=1
        )
        self._dealt = jax.jit(partial(dealt, rules=rules))
        self._observe = jax.jit(partial(batched_sight.observed, rules=rules))
        self._legal = jax.jit(partial(batched_sight.legal, rules=rules))
        self._move = jax.jit(partial(batched_moves.moved, rules=rules))
        self._renew = jax.jit(partial(renewed, rules=rules))

    def begin(self, rng: Any, size: int) -> HanabiState:
        """Return ``size`` games with shuffled decks."""
        return self._begin(key_of(rng), batch(size))

    def start(self, given: Start | Sequence[Start]) -> HanabiState:
        """Return games from given decks or `positions`."""
        cards, rows = positions.read_starts(given, self.rules)
        state = self._dealt(cards.T.astype(np.uint32))
        if not rows:
            return state
        words = rows_of(state)
        for game, row in rows.items():
            words[game] = row
        found: HanabiState = jax.tree.unflatten(jax.tree.structure(state), list(jnp.array(words.T)))
        return found

    def given(self, state: HanabiState) -> list[dict[str, Any]]:
        """Return the deck of each game as text, or raise `InputError` for one from a position."""
        positions.check_dealt(np.asarray(state.board))
        words = np.stack([np.asarray(word) for word in state.deck], axis=1)
        return [{"deck": decks.deck_text(deck)} for deck in decks.unpacked(words, self.rules)]

    def positions(self, state: HanabiState) -> list[dict[str, Any]]:
        """Return what each game has come to; started from there it goes on as it would have."""
        return [positions.shown_position(row, self.rules) for row in rows_of(state)]

    def observe(self, state: HanabiState) -> Any:
        """Return what each player sees, 0 or 1, shape (B, n, length), uint8."""
        return self._observe(state)

    def legal(self, state: HanabiState) -> Any:
        """Return which actions each player may take, shape (B, n, actions)."""
        return self._legal(state)

    def acting(self, state: HanabiState) -> Any:
        """Return who is to move, nobody once a game is over, shape (B, n)."""
        seats = jnp.arange(self.rules.players, dtype=jnp.uint32)
        return (mover(state)[:, None] == seats) & ~is_over(state)[:, None]

    def step(self, state: HanabiState, actions: Any) -> Step:
        """Play the action of who is to move; an illegal one ends the game, its rewards NaN."""
        after, reward, done = self._move(state, jnp.asarray(actions))
        return Step(after, jnp.repeat(reward[:, None], self.rules.players, axis=1), done)

    def renew(self, state: HanabiState, done: Any, rng: Any) -> HanabiState:
        """Return the state with fresh games in place of those that are done."""
        return self._renew(state, jnp.asarray(done), key_of(rng))

    def relabel(self, state: HanabiState, symmetry: int, permutation: Any) -> HanabiState:
        """Return fresh games from the same decks with the colours exchanged."""
        del symmetry
        positions.check_dealt(np.asarray(state.board))
        words = np.stack([np.asarray(word) for word in state.deck], axis=1)
        cards = decks.relabelled(decks.unpacked(words, self.rules), permutation)
        return self._dealt(cards.T.astype(np.uint32))


def rows_of(state: HanabiState) -> np.ndarray:
    """Return a state as the rows of words that the engine on the CPU keeps, shape (B, words)."""
    leaves = jax.tree.leaves(state)
    if not all(leaf.ndim == 1 for leaf in leaves):
        raise InputError("not a batch of games", place="state")
    return np.stack([np.asarray(leaf) for leaf in leaves], axis=1)
