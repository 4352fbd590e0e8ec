"""Any number of parties: optimising over a convex set of which only ``maximise`` is known.

A linear program over the plays found so far (the master) yields dual prices; the play that is best
at these prices is the next column. The best price is also a Lagrangian bound on the whole set, so
the gap is known at every step and is 0 once no column is better (Dantzig and Wolfe 1960).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.core import SolverError
from comity.solutions.payoff_sets import ScaledSet, Vertex
from comity.solutions.point import GAP_TARGET, NEGLIGIBLE, Separation
from comity.solutions.simplex import best_chances, best_level

MAX_COLUMNS = 2_000
DUPLICATE = NEGLIGIBLE
SLACKS = (1e-12, 1e-10)
"""How far a limit may be missed: rounding; failing that, what a general solver can keep."""

SMALLEST = 1e-8
"""A general solver takes coefficients much smaller than this for zero."""

PROOF = "Lagrangian bound of a column generation"


ATTEMPTS: tuple[dict[str, bool | float], ...] = (
    {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    {"primal_feasibility_tolerance": 1e-10, "presolve": False},
    {"presolve": False},
)
"""Ways to ask the solver: columns that nearly coincide can be too much for the strictest. Whichever
answers, value and bound are computed from its answer, not taken from it."""


@dataclass(frozen=True)
class LinearOptimum:
    """The best mixture of plays for a linear goal.

    Attributes
    ----------
    gains : shape (n,).
    chances : shape (k,), of the columns.
    value, bound : what is reached, and what no play exceeds.
    weights : shape (n,), prices that prove the bound.
    tight : shape (n,), price of each player's own limit; positive only where it binds.
    """

    gains: np.ndarray
    chances: np.ndarray
    value: float
    bound: float
    weights: np.ndarray
    tight: np.ndarray

    @property
    def gap(self) -> float:
        """How much better another play could be."""
        return max(0.0, self.bound - self.value)


@dataclass
class Columns:
    """Plays found so far of a set in gains.

    Attributes
    ----------
    view : the set.
    vertices : the plays.
    """

    view: ScaledSet
    vertices: list[Vertex] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.vertices:
            for weights in np.vstack([np.eye(self.view.n), np.ones(self.view.n)]):
                self.add(self.view.maximise(weights))

    @property
    def points(self) -> np.ndarray:
        """Gains of the columns, shape (k, n)."""
        return np.array([vertex.payoffs for vertex in self.vertices])

    def add(self, vertex: Vertex) -> bool:
        """Add a play unless one with the same gains is there; return whether it was new."""
        same = (np.abs(v.payoffs - vertex.payoffs).max() <= DUPLICATE for v in self.vertices)
        if any(same):
            return False
        self.vertices.append(vertex)
        return True

    def maximise(
        self, goal: np.ndarray, limits: np.ndarray, shares: np.ndarray | None = None
    ) -> LinearOptimum:
        """Return the mixture with the largest ``goal @ gains`` in which each gains its limit.

        With ``shares`` the goal grows by a level t, free in sign, and player i must gain
        ``limits[i] + shares[i] t``. Limits of ``-inf`` are none.
        """
        best = np.inf
        while True:
            master = _master(self.points, goal, limits, shares)
            finite = np.isfinite(limits)
            found = self.view.maximise(master.weights)
            prices = master.tight[finite]
            best = min(best, found.upper_bound - float(prices @ limits[finite]))
            done = best - master.value <= GAP_TARGET / 100 or len(self.vertices) >= MAX_COLUMNS
            if done or not self.add(found):
                return LinearOptimum(
                    master.gains, master.chances, master.value, best, master.weights, master.tight
                )

    def rational(self) -> LinearOptimum | Separation:
        """Return a play at which the smallest gain is largest, unless it is a loss."""
        n = self.view.n
        found = self.maximise(np.zeros(n), np.zeros(n), np.ones(n))
        if found.value < -NEGLIGIBLE:
            return Separation(found.weights, -found.bound)
        return found


def _master(
    points: np.ndarray, goal: np.ndarray, limits: np.ndarray, shares: np.ndarray | None
) -> LinearOptimum:
    rows = np.isfinite(limits)
    chances, prices = _mixture(points, goal, limits, shares, rows)
    chances = chances / chances.sum()
    tight = np.zeros(len(goal))
    tight[rows] = prices
    if shares is not None:
        tight /= tight @ shares
    gains = chances @ points
    value = float(goal @ gains)
    if shares is not None:
        rising = rows & (shares > 0)
        value += float(np.min((gains - limits)[rising] / shares[rising]))
    return LinearOptimum(gains, chances, value, np.inf, goal + tight, tight)


def _mixture(
    points: np.ndarray,
    goal: np.ndarray,
    limits: np.ndarray,
    shares: np.ndarray | None,
    rows: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the chances of the best mixture and the prices of the limits that count."""
    worth, columns = points @ goal, points[:, rows]
    for slack in SLACKS:
        least = limits[rows] - slack
        if shares is None:
            found = best_chances(worth, -columns.T, -least)
        else:
            found = best_level(worth, columns, least, shares[rows])
        if found is not None:
            return found.x, found.prices
    if shares is None:
        return _solver(worth, columns, least, None)
    seen = np.where(shares > 0, np.maximum(shares, SMALLEST), 0.0)
    return _solver(worth, columns, least, seen[rows])


def _solver(
    worth: np.ndarray, columns: np.ndarray, least: np.ndarray, shares: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return what `_mixture` does by a general solver, for large or hard programs."""
    from scipy.optimize import linprog

    k, n = columns.shape
    level = np.zeros(n) if shares is None else shares
    for options in ATTEMPTS:
        found = linprog(
            -np.append(worth, 0.0 if shares is None else 1.0),
            A_ub=np.column_stack([-columns.T, level]),
            b_ub=-least,
            A_eq=np.append(np.ones(k), 0.0)[None, :],
            b_eq=np.ones(1),
            bounds=[(0, None)] * k + [(None, None) if shares is not None else (0, 0)],
            method="highs",
            options=options,
        )
        if found.x is not None:
            return np.clip(found.x[:k], 0, None), np.clip(-found.ineqlin.marginals, 0, None)
    raise SolverError("the master program has no answer", place="columns", found=found.message)
