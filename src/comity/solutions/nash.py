"""Nash's bargaining solution: the largest product of gains (Nash 1950, *Econometrica* 18).

Where some player cannot gain at all, the product runs over those who can; among listed outcomes,
over a largest group that can gain at the same time (Caragiannis et al. 2019).
"""

from __future__ import annotations

import numpy as np

from comity.solutions.columns import Columns, LinearOptimum
from comity.solutions.edge import EDGE_PROOF, favourite, supporting_edge
from comity.solutions.finite import Choice
from comity.solutions.nash_master import largest_product
from comity.solutions.payoff_sets import ScaledSet, Vertex
from comity.solutions.point import NEGLIGIBLE, Point, Separation, mix


def choose(gains: np.ndarray, candidates: np.ndarray) -> Choice:
    """Return the candidate outcomes with the largest product of gains."""
    winners = gains[candidates] > NEGLIGIBLE
    most = winners.sum(axis=1) == winners.sum(axis=1).max()
    kept, groups = candidates[most], winners[most]
    logs = np.where(groups, np.log(np.where(groups, gains[kept], 1.0)), 0.0).sum(axis=1)
    best = np.zeros(len(kept), dtype=bool)
    for group in np.unique(groups, axis=0):
        same = (groups == group).all(axis=1)
        best |= same & (logs >= logs[same].max() - NEGLIGIBLE)
    return Choice(kept[best], float(np.exp(logs[best].max())))


def settle_two(view: ScaledSet) -> Point | Separation:
    """Return the solution for two parties on lotteries."""

    def towards_first(gains: np.ndarray, normal: np.ndarray) -> bool:
        if gains.min() < 0:
            return bool(gains[0] < 0)
        return bool(gains[1] * normal[1] > gains[0] * normal[0])

    edge = supporting_edge(view, towards_first)
    interval = edge.rational()
    if interval is None:
        return Separation(edge.normal, -edge.bound)
    gains, point = edge.at(float(np.clip(_best_place(edge.start, edge.step), *interval)))
    if gains.min() <= NEGLIGIBLE:
        return _settle_one_sided(view, gains)
    slope = 1 / gains
    gap = max(0.0, view.maximise(slope).upper_bound - 2)
    return Point(gains, point.play, float(gains.prod()), gap, slope, EDGE_PROOF)


def _best_place(start: np.ndarray, step: np.ndarray) -> float:
    """Return where the product is largest along a line on which party 1 loses, party 2 wins."""
    if step[0] >= 0:
        return np.inf
    if step[1] <= 0:
        return -np.inf
    return float(-(start[0] / step[0] + start[1] / step[1]) / 2)


def _settle_one_sided(view: ScaledSet, gains: np.ndarray) -> Point | Separation:
    winner = int(np.argmax(gains))
    found = favourite(view, winner)
    if isinstance(found, Separation):
        found = favourite(view, 1 - winner)
    return found


def settle_many(view: ScaledSet) -> Point | Separation:
    """Return the solution for any number of parties on lotteries."""
    columns = Columns(view)
    start = columns.rational()
    if isinstance(start, Separation):
        return start
    if start.value > NEGLIGIBLE:
        return largest_product(view.maximise, list(columns.vertices), start.chances)
    return _settle_group(columns, start)


def _settle_group(columns: Columns, start: LinearOptimum) -> Point | Separation:
    """Return the solution where some cannot gain: the others' product, while none loses."""
    n = columns.view.n
    limits = np.full(n, min(0.0, start.value))
    best = [columns.maximise(row, limits) for row in np.eye(n)]
    group = np.array([optimum.gains[i] > NEGLIGIBLE for i, optimum in enumerate(best)])
    if not group.any():
        return Separation(start.weights, -start.bound)

    def within(weights: np.ndarray) -> Vertex:
        goal = np.zeros(n)
        goal[group] = weights
        optimum = columns.maximise(goal, limits)
        gains, play = mix(columns.vertices, optimum.chances)
        return Vertex(gains[group], play, optimum.bound)

    starts = [within(row[group]) for row in np.eye(n)[group]]
    found = largest_product(within, starts, np.full(len(starts), 1 / len(starts)))
    gains = np.zeros(n)
    gains[group] = found.gains
    weights = np.zeros(n)
    weights[group] = found.weights
    return Point(gains, found.play, found.objective, found.gap, weights, found.proof)
