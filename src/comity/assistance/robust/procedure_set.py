"""Plans for a person who may follow any of several procedures, and the mixture that risks least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import Procedure
from comity.assistance.solving.evaluate import evaluate_assistant
from comity.assistance.solving.exact import solve_assistance
from comity.assistance.solving.hidden import unsure
from comity.assistance.solving.points import solve_by_points
from comity.assistance.solving.results import Solved
from comity.core import SizeError, SolverError

TARGET = 1e-9
"""Gap, as a share of the size of values, at which a mixture counts as found."""
MOST_PLANS = 500
SMALLEST = 1e-12
"""Weights below this share of the largest are none."""


@dataclass(frozen=True, eq=False)
class Safest:
    """A mixture of plans with the least largest regret.

    Which plan was drawn is open to the person. Against people who reply with noise a secret draw
    could do better; for all others a reply to what is open is worth no less.

    Attributes
    ----------
    plans : the plans in it.
    chances : of each.
    values : shape (M,), what the mixture is worth under each procedure.
    regret : its largest regret.
    bound : no mixture has a smaller one.
    weights : shape (M,), how likely procedures are against which no plan does better.
    """

    plans: tuple[Solved, ...]
    chances: np.ndarray
    values: np.ndarray
    regret: float
    bound: float
    weights: np.ndarray


def plan_for(
    game: AssistanceGame, procedures: Mapping[str, Procedure], weights: np.ndarray
) -> tuple[Solved, np.ndarray]:
    """Return the best plan if procedures are this likely, and its worth under each, (M,).

    Procedures that are not likely at all are left out of the plan, which is then played with them.
    """
    likely = {name: p for (name, p), w in zip(procedures.items(), weights, strict=True) if w > 0}
    hidden = unsure(game, likely, weights[weights > 0].tolist())
    try:
        solved = solve_assistance(hidden)
    except SizeError:
        solved = solve_by_points(hidden, gap=1e-6)
    own = dict(zip(likely, solved.by_goal.reshape(len(likely), -1) @ game.prior, strict=True))
    rest = (
        own[name] if name in own else evaluate_assistant(game, solved.assistant, p).value.value
        for name, p in procedures.items()
    )
    return solved, np.array(list(rest))


def safest_mixture(
    game: AssistanceGame, procedures: Mapping[str, Procedure], best: np.ndarray
) -> Safest:
    """Return the mixture of plans whose largest regret over procedures is least.

    Parameters
    ----------
    best : shape (M,), from which regret is counted.

    A linear program over the plans found so far gives weights on procedures; the best plan for
    these weights is the next one, and its worth bounds what any mixture can reach (column
    generation; the minimax theorem makes the two meet).
    """
    plans: list[Solved] = []
    rows: list[np.ndarray] = []
    weights = np.full(len(procedures), 1 / len(procedures))
    bound = -np.inf
    for _ in range(MOST_PLANS):
        solved, worth = plan_for(game, procedures, weights)
        plans.append(solved)
        rows.append(worth)
        bound = max(bound, float(weights @ best) - max(solved.upper_bound.value, weights @ worth))
        chances, weights, regret = _master(best - np.array(rows))
        if regret - bound <= TARGET * (1 + np.abs(best).max()) + 1.01 * solved.gap:
            used = np.flatnonzero(chances > 0)
            values = chances @ np.array(rows)
            return Safest(
                tuple(plans[k] for k in used), chances[used], values, regret, bound, weights
            )
    raise SolverError("too many plans in the mixture", place="safest_mixture", found=MOST_PLANS)


def _master(regrets: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the best mixture of plans, the weights that price it, and its largest regret."""
    from scipy.optimize import linprog

    count, procedures = regrets.shape
    found = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=np.hstack([regrets.T, -np.ones((procedures, 1))]),
        b_ub=np.zeros(procedures),
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, 1)] * count + [(None, None)],
        method="highs",
    )
    if found.status != 0:
        raise SolverError("the linear program has no answer", place="safest_mixture")
    weights = np.clip(-found.ineqlin.marginals, 0, None)
    weights[weights < SMALLEST * weights.max()] = 0.0
    chances = np.clip(found.x[:-1], 0, None)
    chances /= chances.sum()
    return chances, weights / weights.sum(), float((chances @ regrets).max())
