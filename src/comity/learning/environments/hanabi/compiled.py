"""Hanabi on the CPU: compiled loops over rows of words, changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import spawn_seeds
from comity.learning.environments.arrays import batch, moves
from comity.learning.environments.hanabi import decks, loops, positions
from comity.learning.environments.hanabi.game import Hanabi
from comity.learning.environments.hanabi.rules import BOARD, HANDS, OVER, TURN, words_of
from comity.learning.environments.protocol import Start, Step


class HanabiCompiled(Hanabi):
    """Hanabi for play, search and bots on the CPU.

    A state is an array of words, shape (B, words), uint32, see `rules`; a step changes it in
    place. Observations are uint8.
    """

    def __init__(self, engine: Any = "numba", **variant: Any) -> None:
        super().__init__(engine, **variant)
        self.facts = np.array(self.rules, dtype=np.int64)
        self._sorted = decks.sorted_deck(self.rules)
        self._deck = HANDS + 4 * self.rules.players

    def begin(self, rng: Any, size: int) -> np.ndarray:
        """Return ``size`` games with shuffled decks."""
        words = np.zeros((batch(size), words_of(self.rules)), dtype=np.uint32)
        return self.renew(words, np.ones(len(words), dtype=bool), rng)

    def start(self, given: Start | Sequence[Start]) -> np.ndarray:
        """Return games from given decks or `positions`."""
        cards, rows = positions.read_starts(given, self.rules)
        words = np.zeros((len(cards), words_of(self.rules)), dtype=np.uint32)
        words[:, self._deck :] = decks.packed(cards, self.rules)
        loops.deal_all(words, self.facts)
        for game, row in rows.items():
            words[game] = row
        return words

    def given(self, state: np.ndarray) -> list[dict[str, Any]]:
        """Return the deck of each game as text, or raise `InputError` for one from a position."""
        positions.check_dealt(state[:, BOARD])
        cards = decks.unpacked(state[:, self._deck :], self.rules)
        return [{"deck": decks.deck_text(deck)} for deck in cards]

    def positions(self, state: np.ndarray) -> list[dict[str, Any]]:
        """Return what each game has come to; started from there it goes on as it would have."""
        return [positions.shown_position(row, self.rules) for row in state]

    def observe(self, state: np.ndarray) -> np.ndarray:
        """Return what each player sees, 0 or 1, shape (B, n, length), uint8."""
        padded = np.empty((len(state), self.rules.players, -(-self.length // 8)), dtype=np.uint64)
        loops.observe_all(state, padded, self.facts)
        return padded.view(np.uint8)[:, :, : self.length]

    def legal(self, state: np.ndarray) -> np.ndarray:
        """Return which actions each player may take, shape (B, n, actions)."""
        legal = np.empty((len(state), self.rules.players, self.actions), dtype=bool)
        loops.legal_all(state, legal, self.facts)
        return legal

    def acting(self, state: np.ndarray) -> np.ndarray:
        """Return who is to move, nobody once a game is over, shape (B, n)."""
        turn = state[:, TURN]
        seats = np.arange(self.rules.players)
        return ((turn & 7)[:, None] == seats) & ((turn >> OVER) & 1 == 0)[:, None]

    def step(self, state: np.ndarray, actions: Any) -> Step:
        """Play the action of who is to move in each game, in place."""
        stated = moves(self.engine, actions, len(state), self.rules.players)
        chosen = np.ascontiguousarray(stated, np.int64)
        wrong = loops.first_illegal(state, chosen, self.facts)
        if wrong >= 0:
            player = int(state[wrong, TURN] & 7)
            raise InputError(
                "an illegal move, or the game is over",
                place=f"actions[{wrong}]",
                found=f"{int(chosen[wrong, player])} by player {player + 1}",
            )
        rewards = np.empty((len(state), self.rules.players), dtype=np.float32)
        done = np.empty(len(state), dtype=bool)
        loops.step_all(state, chosen, rewards, done, self.facts)
        return Step(state, rewards, done)

    def renew(self, state: np.ndarray, done: Any, rng: Any) -> np.ndarray:
        """Begin fresh games in place of those that are done."""
        seed = np.uint64(spawn_seeds(rng, 1)[0])
        loops.begin_all(state, np.asarray(done), self._sorted, self.facts, seed)
        return state

    def relabel(self, state: np.ndarray, symmetry: int, permutation: Any) -> np.ndarray:
        """Return fresh games from the same decks with the colours exchanged."""
        del symmetry
        positions.check_dealt(state[:, BOARD])
        cards = decks.relabelled(decks.unpacked(state[:, self._deck :], self.rules), permutation)
        words = state.copy()
        words[:, self._deck :] = decks.packed(cards, self.rules)
        loops.deal_all(words, self.facts)
        return words
