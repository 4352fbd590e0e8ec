"""Programs that play Hanabi from the packed state, reading only what their seat sees."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.hanabi.rules import Rules, words_of
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View

LEAST_HAND = 2
"""With one card, all others may have none left when the deck is empty: there is nothing to tell."""


@dataclass(frozen=True, eq=False)
class SetMemory:
    """What a program keeps of B games.

    Attributes
    ----------
    facts : the numbers of the rules, shape (10,), int64.
    before : the state at the last look, shape (B, words), uint32.
    sets : what each card may be, as 25 bits, shape (B, players, hand), int64.
    begun : whether the game was looked at before, shape (B,).
    """

    facts: np.ndarray
    before: np.ndarray
    sets: np.ndarray
    begun: np.ndarray


class HanabiProgram(ABC):
    """A program for one seat; a subclass says what it does in `follow`.

    Programs read the packed state instead of observations: own cards and the deck lie in it too,
    and the tests show that exchanging them changes no move.
    """

    name = "program"
    kind: Kind = "program"
    reads_state = True

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> SetMemory:
        """Return the memory of ``size`` fresh games, or raise `InputError` for another game."""
        del player, rng
        rules = getattr(environment, "rules", None)
        if environment.engine != "numba" or not isinstance(rules, Rules):
            raise InputError(
                f"{self.name} cannot play this environment",
                place="environment",
                found=f"{environment.name}, engine {environment.engine}",
                expected="hanabi, engine numba",
            )
        if rules.hand < LEAST_HAND:
            raise InputError(
                f"{self.name} cannot play this variant",
                place="hand",
                found=rules.hand,
                expected=f"{LEAST_HAND} or more",
            )
        return SetMemory(
            np.array(rules, dtype=np.int64),
            np.zeros((size, words_of(rules)), dtype=np.uint32),
            np.zeros((size, rules.players, rules.hand), dtype=np.int64),
            np.zeros(size, dtype=bool),
        )

    def act(self, memory: SetMemory, view: View) -> tuple[np.ndarray, SetMemory]:
        """Return the actions of the seat and the memory, which is changed in place."""
        return self.follow(memory, view.player, view.state), memory

    def forget(self, memory: SetMemory, done: Any, rng: Any) -> SetMemory:
        """Return the memory with that of a fresh game in place of those that are done."""
        del rng
        memory.begun[np.asarray(done)] = False
        return memory

    @abstractmethod
    def follow(self, memory: SetMemory, seat: int, words: np.ndarray) -> np.ndarray:
        """Return the actions of the seat, after noting what was played."""
