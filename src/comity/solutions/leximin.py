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
    stages: list[tuple[np.ndarray, float]] = []
    while free.any():
        unit = float(shares[free].max())
        found = columns.maximise(np.zeros(view.n), limits, np.where(free, shares / unit, 0.0))
        first = first or found
        if rational and found.gains.min() < -NEGLIGIBLE:
            return _any_gain(columns, shares, first)
        stuck = free & (found.tight * shares > PRICE * unit)
        if not stuck.any():
            raise SolverError("no player is stuck at the largest level", place="leximin")
        stages.append((stuck, found.bound / unit))
        limits = np.where(stuck, found.gains, limits)
        free &= ~stuck
        # What this stage reached must stay feasible in the next, rounding included.
        limits = np.where(free, limits, np.minimum(limits, found.gains))
    assert first is not None
    gains, play = mix(columns.vertices, found.chances)
    if rational and gains.max() <= NEGLIGIBLE:
        return Separation(first.weights, -first.bound)
    levels = np.divide(gains, shares, out=np.full(view.n, np.inf), where=shares > 0)
    level = float(levels.min())
    # Measured on the play itself: later stages may miss the limits of earlier ones by a little.
    worst = max(bound - float(levels[stuck].min()) for stuck, bound in stages)
    return Point(
        gains, play, level, max(0.0, worst), first.weights, f"{PROOF}, largest over the stages"
    )


def _any_gain(columns: Columns, shares: np.ndarray, first: LinearOptimum) -> Point | Separation:
    """Return a play at which none loses and some gain, however levels compare, if there is one."""
    start = columns.rational()
    if isinstance(start, Separation):
        return start
    found = columns.maximise(np.ones(len(shares)), np.full(len(shares), min(0.0, start.value)))
    gains, play = mix(columns.vertices, found.chances)
    if gains.max() <= NEGLIGIBLE:
        return Separation(found.weights, -found.bound)
    level = float((gains[shares > 0] / shares[shares > 0]).min())
    bound = first.bound / float(shares.max())
    return Point(gains, play, level, max(0.0, bound - level), first.weights, PROOF)


PRICE = 1e-7
"""Share of the price of a stage above which a player's limit binds."""
