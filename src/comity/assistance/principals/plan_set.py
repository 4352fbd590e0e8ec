"""What an assistant's plans are worth to several principals, seen through one question.

The best plan for given weights is that of one person whose reward is the weighted sum, so lotteries
over plans form a payoff set, and every bargaining solution applies to it by column generation.
"""

from __future__ import annotations

import numpy as np

from comity.assistance.principals.shared import SharedGame
from comity.assistance.solving.evaluate import Assistant, evaluate_assistant
from comity.assistance.solving.exact import solve_assistance
from comity.assistance.solving.points import solve_by_points
from comity.assistance.solving.results import Solved
from comity.core import SizeError
from comity.games.plays import Lottery
from comity.solutions import Vertex


class PlanSet:
    """Lotteries over plans, as payoffs of the principals.

    Parameters
    ----------
    shared : the game; norms are already in it.

    An outcome is ``(k,)``, the k-th of ``plans``.
    """

    def __init__(self, shared: SharedGame) -> None:
        self.shared = shared
        self.n = len(shared.principals)
        self.plans: list[Solved] = []
        self.payoffs: list[np.ndarray] = []
        self._known: dict[bytes, Vertex] = {}

    def maximise(self, weights: np.ndarray) -> Vertex:
        """Return a plan of largest weighted payoff."""
        key = np.asarray(weights, float).tobytes()
        if key not in self._known:
            self._known[key] = self._best(np.asarray(weights, float))
        return self._known[key]

    def _best(self, weights: np.ndarray) -> Vertex:
        solved = self.solve(weights)
        worth = principal_values(self.shared, solved.assistant)
        self.plans.append(solved)
        self.payoffs.append(worth)
        bound = max(solved.upper_bound.value, float(weights @ worth))
        return Vertex(worth, Lottery.pure((len(self.plans) - 1,)), bound)

    def solve(self, weights: np.ndarray) -> Solved:
        """Return the best plan for weights."""
        hidden = self.shared.hidden(np.einsum("n,ngsha->gsha", weights, self.shared.rewards))
        try:
            return solve_assistance(hidden)
        except SizeError:
            return solve_by_points(hidden, gap=1e-6)


def principal_values(shared: SharedGame, assistant: Assistant) -> np.ndarray:
    """Return what an assistant is worth to each principal, shape (n,)."""
    tables = shared.rewards
    return np.array([_value(shared, table, assistant) for table in tables])


def bystander_values(shared: SharedGame, assistant: Assistant) -> np.ndarray:
    """Return what each bystander gets under an assistant, shape (b,)."""
    count = len(shared.game.goals)
    tables = [np.broadcast_to(table, (count, *table.shape)) for table in shared.effects]
    return np.array([_value(shared, table, assistant) for table in tables])


def _value(shared: SharedGame, rewards: np.ndarray, assistant: Assistant) -> float:
    return evaluate_assistant(shared.hidden(rewards), assistant).value.value
