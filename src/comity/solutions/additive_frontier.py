"""Frontiers of additive negotiations without listing their deals, at any size."""

from __future__ import annotations

from itertools import pairwise
from math import prod

import numpy as np

from comity.core import Certified
from comity.games import Negotiation
from comity.games.plays import Outcome
from comity.solutions.hull import hull_indices
from comity.solutions.undominated import pareto_indices

MOST_KEPT = 300_000
"""Largest number of undominated part-deals that is carried from issue to issue."""

SAME_SLOPE = 1e-12


def additive_hull(game: Negotiation) -> tuple[np.ndarray, tuple[Outcome, ...]]:
    """Return the corners of the lottery frontier of a two-party domain, exactly.

    The hull of a sum of sets is the sum of their hulls: the steps along every issue's upper hull,
    merged by slope, lead from the first party's best deal to the second's. O(options log options).
    """
    steps: list[tuple[float, int, int]] = []
    deal: list[int] = []
    for issue, values in enumerate(_by_issue(game)):
        path = hull_indices(values)
        deal.append(int(path[0]))
        for before, after in pairwise(path):
            loss, win = values[after] - values[before]
            steps.append((float(np.arctan2(win, -loss)), issue, int(after)))
    # The steepest step gives the second party most for what the first one loses.
    steps.sort(key=lambda step: (-step[0], step[1]))
    outcomes: list[Outcome] = [tuple(deal)]
    for k, (angle, issue, option) in enumerate(steps):
        deal[issue] = option
        if k + 1 == len(steps) or angle - steps[k + 1][0] > SAME_SLOPE:
            outcomes.append(tuple(deal))
    cells = np.array(outcomes) + game.offsets
    return game.values[:2, cells].sum(axis=2).T, tuple(outcomes)


def additive_undominated(game: Negotiation) -> tuple[np.ndarray, np.ndarray, bool] | None:
    """Return undominated points and deals, and whether all deals with equal payoffs are there.

    A deal whose part is dominated is dominated: issue by issue, only undominated parts are kept.
    Where too many have equal payoffs one of them is kept, and where still too many are left the
    answer is ``None``. O(kept options log) per issue.
    """
    for every in (True, False):
        found = _grow(game, every)
        if found is not None:
            return (*found, every)
    return None


def _grow(game: Negotiation, every: bool) -> tuple[np.ndarray, np.ndarray] | None:
    points = np.zeros((1, len(game.players)))
    deals = np.zeros((1, 0), dtype=np.int32)
    for values in _by_issue(game):
        if len(points) * len(values) > 10 * MOST_KEPT:
            return None
        sums = (points[:, None, :] + values[None, :, :]).reshape(-1, points.shape[1])
        keep = pareto_indices(sums)
        if not every:
            keep = keep[np.sort(np.unique(sums[keep], axis=0, return_index=True)[1])]
        if len(keep) > MOST_KEPT:
            return None
        before, option = np.divmod(keep, len(values))
        points = sums[keep]
        deals = np.column_stack([deals[before], option.astype(np.int32)])
    return points, deals


def most_undominated(game: Negotiation) -> Certified:
    """Bound the number of undominated deals: each uses undominated options only."""
    counts = [len(pareto_indices(values)) for values in _by_issue(game)]
    return Certified.upper(prod(counts), "product of the undominated options of each issue")


def _by_issue(game: Negotiation) -> list[np.ndarray]:
    """Return the players' values of each issue's options, shape (options, n)."""
    rows = game.values[: len(game.players)]
    return [
        np.ascontiguousarray(rows[:, start : start + count].T)
        for start, count in zip(game.offsets, game.shape, strict=True)
    ]
