"""Agents that model their partner while they play: as one fixed policy, or as one that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng
from comity.learning.environments.iterated import Iterated
from comity.learning.environments.protocol import Environment
from comity.learning.exact.best_response import replies
from comity.learning.policies.protocol import Kind, View


@dataclass(frozen=True, eq=False)
class Beliefs:
    """What is believed of a partner in each of B games.

    Attributes
    ----------
    table : own payoffs, own action first, shape (A, A').
    counts : how often the partner did what in which situation, shape (B, 1 + A * A', A').
    situation : the one it answered to last, shape (B,).
    """

    table: np.ndarray
    counts: np.ndarray
    situation: np.ndarray


@dataclass(frozen=True)
class Modeller:
    """Replies best to what it has seen a partner do after each last round, in two-player games.

    With ``keep`` 1 all rounds count alike: the partner is taken for one fixed policy. Below 1 old
    rounds fade, so a partner that changed is followed. At first it expects what ``prior`` says:
    a partner that repeats what it saw, tit for tat, with the weight of that many rounds.

    Source: Brown 1951, fictitious play, here conditional on the last round; fading beliefs as in
    Fudenberg and Levine 1998, section 2.2.
    """

    name: str
    keep: float = 1.0
    discount: float = 0.9
    prior: float = 1.0
    kind: Kind = "program"

    def __post_init__(self) -> None:
        if not (0 < self.keep <= 1 and 0 <= self.discount < 1 and self.prior > 0):
            raise InputError(
                "no such beliefs",
                place=self.name,
                found=f"keep {self.keep}, discount {self.discount}, prior {self.prior}",
                expected="keep in (0, 1], discount in [0, 1), a prior above 0",
            )

    def begin(self, environment: Environment, player: int, size: int, rng: Rng) -> Beliefs:
        """Return beliefs before anything was seen, or raise `InputError` for another game."""
        del rng
        if not isinstance(environment, Iterated) or len(environment.shape.players) != 2:
            raise InputError(
                f"{self.name} plays iterated games of two",
                found=environment.name,
                expected="iterated",
            )
        payoffs = environment.game.table[player]
        table = payoffs if player == 0 else payoffs.T
        return Beliefs(table, np.tile(self._first(table), (size, 1, 1)), np.zeros(size, dtype=int))

    def _first(self, table: np.ndarray) -> np.ndarray:
        """Return the counts at first, shape (1 + A * A', A')."""
        own, other = table.shape
        counts = np.full((1 + own * other, other), 0.1)
        for mine in range(own):
            for theirs in range(other):
                counts[1 + mine * other + theirs, mine % other] += self.prior
        counts[0, 0] += self.prior
        return counts

    def act(self, memory: Beliefs, view: View) -> tuple[np.ndarray, Beliefs]:
        """Return its actions, shape (B,), and what it then believes."""
        own, other = memory.table.shape
        seen = np.asarray(view.observation)
        games = np.arange(len(seen))
        begun: np.ndarray = np.asarray(seen.any(axis=1))
        mine, theirs = seen[:, :own].argmax(axis=1), seen[:, own : own + other].argmax(axis=1)
        now = np.where(begun, 1 + mine * other + theirs, 0)
        counts = np.where(begun[:, None, None], self.keep * memory.counts, memory.counts)
        counts[games[begun], memory.situation[begun], theirs[begun]] += 1
        floor = (1 - self.keep) * self._first(memory.table)
        chances = counts + floor
        chances = chances / chances.sum(axis=2, keepdims=True)
        actions, _ = replies(memory.table, chances, self.discount)
        chosen: np.ndarray = actions[games, now]
        return chosen, Beliefs(memory.table, counts, now)

    def forget(self, memory: Beliefs, done: Any, rng: Rng) -> Beliefs:
        """Return first beliefs in place of those of games that are done."""
        del rng
        over = np.asarray(done)
        first = self._first(memory.table)
        return Beliefs(
            memory.table,
            np.where(over[:, None, None], first, memory.counts),
            np.where(over, 0, memory.situation),
        )


def takes_for_fixed() -> Modeller:
    """Return the agent that takes its partner for one fixed policy."""
    return Modeller("takes partners for fixed")


def follows_changes() -> Modeller:
    """Return the agent for which old rounds fade: it looks back about five rounds."""
    return Modeller("follows changes", keep=0.8)
