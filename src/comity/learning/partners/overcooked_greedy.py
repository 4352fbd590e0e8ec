"""A cook that always does the next sensible thing by the shortest way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import InputError, as_generator
from comity.learning.environments.overcooked.errands import Plan, costs_all, plan_of
from comity.learning.environments.overcooked.kitchen import Kitchen
from comity.learning.environments.overcooked.rules import ACTIONS, Position, Rules, unpack_cook
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View

MOST_ASIDE = 4
"""Most steps at random after both stood still: two who met in a ring must part before they pass."""


@dataclass(eq=False)
class GreedyMemory:
    """The plan of the kitchen, chance, where both stood a step ago, and steps aside to come."""

    plan: Plan
    rules: Rules
    rng: np.random.Generator
    before: np.ndarray
    aside: np.ndarray


class GreedyCook:
    """Fetches what is missing, fills, starts, plates and serves, always by the shortest way.

    Good with anyone who leaves its way free: it serves alone where one cook can, hands over where
    one cannot. It does badly with partners who stand in its way, whom it only evades by chance, and
    it never plans around the other.

    Parameters
    ----------
    slip : chance of a random action instead.

    Source: after the greedy human model of overcooked_ai (Carroll et al. 2019), with our own
    planner and handing over; see `errands`.
    """

    kind: Kind = "program"

    def __init__(self, slip: float = 0.0) -> None:
        if not 0 <= slip <= 1:
            raise InputError("not a chance", place="slip", found=slip, expected="0 to 1")
        self.slip = slip

    @property
    def name(self) -> str:
        """Name in tables."""
        return f"greedy cook, slip {self.slip:g}" if self.slip else "greedy cook"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> GreedyMemory:
        """Return the plan of the kitchen, or raise `InputError` where there is none."""
        del player
        if not isinstance(environment, Kitchen):
            raise InputError("plays Overcooked only", place="environment", found=environment.name)
        rules = environment.rules
        before, aside = np.full(size, -1, np.int64), np.zeros(size, np.int64)
        return GreedyMemory(plan_of(rules), rules, as_generator(rng), before, aside)

    def act(self, memory: GreedyMemory, view: View) -> tuple[np.ndarray, GreedyMemory]:
        """Return the first action of the shortest errand; walk about a little where both stood."""
        position = Position(*(np.asarray(part) for part in view.state.now))
        size = len(position.cooks)
        costs = np.empty((size, len(ACTIONS)), np.int64)
        costs_all(position, view.player, memory.plan, costs)
        actions = costs.argmin(axis=1)
        stood = position.cooks & np.uint32((1 << 20) - 1)
        stuck = (stood == memory.before) & (memory.aside == 0)
        memory.aside[stuck] = memory.rng.integers(1, MOST_ASIDE + 1, size=stuck.sum())
        evades = memory.aside > 0
        if evades.any():
            actions[evades] = self._aside(memory, position.cooks[evades], view.player)
        memory.aside -= evades
        if self.slip:
            slips = memory.rng.random(size) < self.slip
            actions = np.where(slips, memory.rng.integers(len(ACTIONS), size=size), actions)
        memory.before = stood.astype(np.int64)
        return actions.astype(np.int32), memory

    def _aside(self, memory: GreedyMemory, cooks: np.ndarray, player: int) -> np.ndarray:
        """Return for each game a random action that would move the cook, or waiting."""
        own, _ = unpack_cook(cooks, player)
        other, _ = unpack_cook(cooks, 1 - player)
        to = memory.rules.walk[own.astype(int)]
        moves = (to != own[:, None]) & (to != other[:, None])
        moves[:, ACTIONS.index("stay")] = ~moves.any(axis=1)
        return np.where(moves, memory.rng.random(moves.shape), -1.0).argmax(axis=1)

    def forget(self, memory: GreedyMemory, done: Any, rng: Any) -> GreedyMemory:
        """Forget where both stood in games that begin anew."""
        del rng
        over = np.asarray(done)
        memory.before[over], memory.aside[over] = -1, 0
        return memory
