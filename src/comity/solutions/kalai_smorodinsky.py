"""The Kalai-Smorodinsky solution: equal shares of each one's ideal gain.

The ideal is the most each could gain while none loses (Kalai and Smorodinsky 1975, *Econometrica*
43). Where equal shares leave room, the smallest share is maximised, then the second smallest, and
so on (Imai 1983), so that the play is undominated for any number of parties and on finite sets.
"""

from __future__ import annotations

import numpy as np

from comity.solutions import leximin
from comity.solutions.columns import Columns
from comity.solutions.edge import favourite, ray
from comity.solutions.finite import Choice
from comity.solutions.finite import leximin as leximin_rows
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import NEGLIGIBLE, Point, Separation


def choose(gains: np.ndarray, candidates: np.ndarray) -> Choice:
    """Return the candidate outcomes with the lexicographically largest shares of ideal gains."""
    ideal = gains[candidates].max(axis=0)
    able = ideal > NEGLIGIBLE
    shares = gains[:, able] / ideal[able]
    best = leximin_rows(shares, candidates)
    return Choice(best, float(shares[best[0]].min()))


def settle_two(view: ScaledSet) -> Point | Separation:
    """Return the solution for two parties on lotteries."""
    best = [favourite(view, party) for party in (0, 1)]
    for party, found in enumerate(best):
        if isinstance(found, Separation):
            return best[1 - party]
    ideal = np.array([found.gains[i] for i, found in enumerate(best)])  # type: ignore[union-attr]
    for party in (0, 1):
        if ideal[party] <= NEGLIGIBLE:
            return best[1 - party]
    return ray(view, ideal)


def settle_many(view: ScaledSet) -> Point | Separation:
    """Return the solution for any number of parties on lotteries."""
    columns, n = Columns(view), view.n
    start = columns.rational()
    if isinstance(start, Separation):
        return start
    limits = np.full(n, min(0.0, start.value))
    ideal = np.array([columns.maximise(row, limits).gains[i] for i, row in enumerate(np.eye(n))])
    able = ideal > NEGLIGIBLE
    if not able.any():
        return Separation(start.weights, -start.bound)
    return leximin.settle_many(view, np.where(able, ideal, 0.0), columns=columns)
