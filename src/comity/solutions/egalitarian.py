"""The egalitarian solution: the smallest gain is largest, then the second smallest, and so on.

Kalai (1977, *Econometrica* 45) asks for equal gains; the lexicographic completion (Imai 1983) makes
the play undominated. It compares payoffs between people: their units matter.
"""

from __future__ import annotations

import numpy as np

from comity.solutions import leximin
from comity.solutions.edge import ray
from comity.solutions.finite import Choice
from comity.solutions.finite import leximin as leximin_rows
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import Point, Separation


def choose(gains: np.ndarray, candidates: np.ndarray) -> Choice:
    """Return the candidate outcomes with the lexicographically largest gains."""
    best = leximin_rows(gains, candidates)
    return Choice(best, float(gains[best[0]].min()))


def _equal(view: ScaledSet) -> np.ndarray:
    """Return the gains that are worth the same in payoffs, the largest of them 1."""
    return np.asarray(view.scale.min() / view.scale)


def settle_two(view: ScaledSet, rational: bool = True) -> Point | Separation:
    """Return the solution for two parties on lotteries."""
    return ray(view, _equal(view), rational)


def settle_many(view: ScaledSet, rational: bool = True) -> Point | Separation:
    """Return the solution for any number of parties on lotteries."""
    return leximin.settle_many(view, _equal(view), rational)


def settle(view: ScaledSet, rational: bool = True) -> Point | Separation:
    """Return the solution on lotteries, by the method that suits the number of parties."""
    return (settle_two if view.n == 2 else settle_many)(view, rational)
