"""Discretised types from draws, so that the second best can be worked out for any Case.

What a party sees is sorted into a few types along the direction in which its views vary most. A
mechanism that knows only these does worse than one that knew all; the figure is the second best
on discretised types, and rests on the draws.
"""

from __future__ import annotations

import numpy as np

from comity.agreement.studies.second_best import SecondBest, second_best
from comity.agreement.studies.simulation import Simulated
from comity.cases import Case
from comity.core.errors import ComityError

MAX_LISTED = 60


def outcomes_worth_listing(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return all outcomes, or in large games the best for each party, for all, and by each view."""
    game = case.parties[0].model
    if game.size <= MAX_LISTED:
        return tuple(game.outcome(k) for k in range(len(game.payoff_points())))
    n = len(case.names)
    weights = [np.ones(n), *np.eye(n), *(1 + 3 * np.eye(n))]
    found = {model.best_plan(w).outcome for model in case.models.values() for w in weights}
    return tuple(sorted(found))


def discretised_second_best(drawn: Simulated, types: int) -> SecondBest | None:
    """Return the second best on ``types`` types per party; ``None`` where none can be had.

    Outcomes are the listed ones and leaving; payoffs and chances are means over the draws.
    """
    count, n, _ = drawn.worth.shape
    if types**n > 512 or not drawn.worth.size:
        return None
    kinds = np.stack([_sorted_types(drawn.views[:, i], types) for i in range(n)], axis=1)
    cells = np.ravel_multi_index(tuple(kinds.T), (types,) * n)
    size = types**n
    chances = np.bincount(cells, minlength=size) / count
    fallback = drawn.runs[0].fallback
    stay = np.concatenate([drawn.worth, fallback[:, :, None]], axis=2)
    totals = np.zeros((size, *stay.shape[1:]))
    np.add.at(totals, cells, stay)
    means = totals / np.maximum(np.bincount(cells, minlength=size), 1)[:, None, None]
    means = np.moveaxis(means, 0, 1).reshape(n, *(types,) * n, stay.shape[2])
    try:
        return second_best(means, chances.reshape((types,) * n), means[..., -1])
    except ComityError:
        return None


def _sorted_types(views: np.ndarray, types: int) -> np.ndarray:
    """Return types of equal frequency along the first principal component, shape (D,)."""
    centred = views - views.mean(axis=0)
    scores = centred @ np.linalg.svd(centred, full_matrices=False)[2][0]
    order = np.argsort(np.argsort(scores, kind="stable"), kind="stable")
    return order * types // len(scores)
