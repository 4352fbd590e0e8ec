"""Whom to ask, and whether the answer is worth the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.assistance.principals.plan_set import PlanSet
from comity.assistance.principals.shared import SharedGame
from comity.assistance.solving.results import Solved
from comity.core import Certified, InputError, Result


@dataclass(frozen=True)
class Question(Result):
    """What it is worth to ask one principal for its goal.

    Attributes
    ----------
    principal : who is asked.
    worth : what an honest answer adds to the weighted value of the assistant's plan.
    cost : of asking, in the same unit.
    asks : whether it is worth it.
    """

    principal: str
    worth: Certified
    cost: float
    asks: bool


def questions(
    shared: SharedGame,
    weights: Sequence[float] | np.ndarray | None = None,
    cost: float = 0.0,
) -> tuple[Question, ...]:
    """Return for each principal what asking for its goal is worth at the start, the best first.

    Parameters
    ----------
    weights : of the principals, as from `agree_on_assistance(...).solution.weights`; equal unless
        given.
    cost : of a question.

    The worth is the value of the plan made after the answer, averaged over answers, less that of
    the plan made without: never negative, and what the principals show by their behaviour is
    counted on both sides. Source: Howard (1966), *Information Value Theory*.
    """
    n = len(shared.principals)
    given = np.full(n, 1 / n) if weights is None else np.asarray(weights, float)
    if given.shape != (n,) or not np.isfinite(given).all() or not (np.isfinite(cost) and cost >= 0):
        raise InputError(
            "not weights and a cost",
            place="weights, cost",
            found=(np.shape(given), cost),
            expected=f"{n} numbers, and a cost of 0 or more",
        )
    solved = PlanSet(shared).solve(given)
    stage = solved.assistant.layers[solved.steps][shared.game.start]
    vectors, prior = stage.vectors[stage.useful], shared.game.prior
    now = float((vectors @ prior).max())
    found = []
    for name, own in zip(shared.principals, shared.own_goals, strict=True):
        parts = [np.where(own == g, prior, 0.0) for g in np.unique(own)]
        told = float(sum((vectors @ part).max() for part in parts))
        found.append(_question(name, told - now, solved, cost))
    return tuple(sorted(found, key=lambda question: -question.worth.value))


def _question(name: str, worth: float, solved: Solved, cost: float) -> Question:
    proof = "plans that are best at some belief, answer by answer"
    if solved.value.kind == "exact":
        found = Certified.exact(max(0.0, worth), proof)
    else:
        found = Certified.lower(max(0.0, worth - solved.gap), proof)
    return Question(name, found, cost, found.value > cost)
