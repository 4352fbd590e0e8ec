"""The utilitarian solution: the largest sum of payoffs (Harsanyi 1955, *JPE* 63).

It compares payoffs between people: their units matter. Where it must leave none worse off than the
disagreement point, the sum is maximised over what does.
"""

from __future__ import annotations

import numpy as np

from comity.solutions.columns import PROOF, Columns
from comity.solutions.edge import EDGE_PROOF, ROUNDING, supporting_edge
from comity.solutions.finite import Choice, largest
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import NEGLIGIBLE, Point, Separation, mix

TIE = "plays with the same sum lie between two outcomes; the middle between these is taken"
FIRST_FOUND = "if other plays have the same sum, this is the first one found"


def choose(gains: np.ndarray, candidates: np.ndarray) -> Choice:
    """Return the candidate outcomes with the largest sum."""
    sums = gains[candidates].sum(axis=1)
    return Choice(candidates[largest(sums)], float(sums.max()))


def _worth(view: ScaledSet) -> np.ndarray:
    """Return what a unit of each one's gain adds to the sum, the largest of them 1."""
    return np.asarray(view.scale / view.scale.max())


def settle_two(view: ScaledSet, rational: bool = True) -> Point | Separation:
    """Return the solution for two parties on lotteries."""
    worth = _worth(view)

    def towards_first(gains: np.ndarray, normal: np.ndarray) -> bool:
        if rational and gains.min() < 0:
            return bool(gains[0] < 0)
        return bool(normal[1] * worth[0] > normal[0] * worth[1])

    edge = supporting_edge(view, towards_first)
    interval = edge.rational() if rational else (0.0, 1.0)
    if interval is None:
        return Separation(edge.normal, -edge.bound)
    slope = worth @ edge.step
    tie = abs(slope) <= ROUNDING < (worth * abs(edge.step)).max() and interval[1] > interval[0]
    place = sum(interval) / 2 if tie else interval[int(slope > 0)]
    gains, point = edge.at(place)
    if rational and gains.max() <= NEGLIGIBLE:
        return Separation(edge.normal, -edge.bound)
    level, top = float(worth @ gains), view.maximise(worth).upper_bound
    proofs = [(worth, top)]
    if rational and edge.normal.min() > 0:
        proofs.append((edge.normal, edge.bound * float((worth / edge.normal).max())))
    weights, bound = min(proofs, key=lambda proof: proof[1])
    notes = (TIE,) if tie else ()
    return Point(gains, point.play, level, max(0.0, bound - level), weights, EDGE_PROOF, notes)


def settle_many(view: ScaledSet, rational: bool = True) -> Point | Separation:
    """Return the solution for any number of parties on lotteries."""
    columns, n = Columns(view), view.n
    limits = np.full(n, -np.inf)
    if rational:
        start = columns.rational()
        if isinstance(start, Separation):
            return start
        limits = np.full(n, min(0.0, start.value))
    found = columns.maximise(_worth(view), limits)
    gains, play = mix(columns.vertices, found.chances)
    if rational and gains.max() <= NEGLIGIBLE:
        return Separation(found.weights, -found.bound)
    return Point(gains, play, found.value, found.gap, found.weights, PROOF, (FIRST_FOUND,))
