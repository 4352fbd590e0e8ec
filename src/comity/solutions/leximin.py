"""Largest smallest gain per share, then the second smallest, and so on, over a convex set.

Stage by stage: raise everyone's level at once; players whose limit has a positive price are stuck
there in every optimum and keep that level; go on with the rest (Ogryczak, Pioro and Tomaszewski
2005, section 3, with prices from column generation).
"""

from __future__ import annotations

import numpy as np

from comity.core import SolverError
from comity.solutions.columns import PROOF, Columns, LinearOptimum
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import NEGLIGIBLE, Point, Separation, mix


def settle_many(
    view: ScaledSet, shares: np.ndarray, rational: bool = True, columns: Columns | None = None
) -> Point | Separation:
    """Return the lexicographic maximum of the sorted gains per share.

    Players with share 0 are kept from losing and are not counted.
    """
    columns = columns or Columns(view)
    first: LinearOptimum | None = None
    free = shares > 0
    limits = np.zeros(view.n)
    worst = 0.0
    while free.any():
        found = columns.maximise(np.zeros(view.n), limits, np.where(free, shares, 0.0))
        first = first or found
        if rational and first.value < -NEGLIGIBLE:
            return Separation(first.weights, -first.bound)
        worst = max(worst, found.gap)
        stuck = free & (found.tight * shares > PRICE)
        if not stuck.any():
            raise SolverError("no player is stuck at the largest level", place="leximin")
        limits = np.where(stuck, shares * found.value, limits)
        free &= ~stuck
        # What this stage reached must stay feasible in the next, rounding included.
        limits = np.where(free, limits, np.minimum(limits, found.gains))
    assert first is not None
    gains, play = mix(columns.vertices, found.chances)
    if rational and gains.max() <= NEGLIGIBLE:
        return Separation(first.weights, -first.bound)
    level = float(np.min((gains / np.where(shares > 0, shares, 1))[shares > 0]))
    return Point(gains, play, level, worst, first.weights, f"{PROOF}, largest over the stages")


PRICE = 1e-7
"""Share of the price of a stage above which a player's limit binds."""
