"""The geometry of linear conditions: ranges, dimension, inner points and corners, by programs.

Equations are solved first, by singular values, so that programs run over the free directions only
and no solver has to keep equations within a tolerance. Which inequalities always bind is found by
one program (Freund, Roundy and Todd 1985).
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np

from comity.core import SolverError

RANK = 1e-9
"""Singular values below this share of the largest count as zero."""

CONSISTENT = 1e-9
"""How far scaled conditions may miss each other before a set counts as empty."""

THINNEST = 1e-7
"""A set thinner than this (in scaled conditions) counts as flat in that direction."""


class Shape:
    """The geometry of a polyhedron: ``x = origin + z @ free`` where ``a z <= b``."""

    def __init__(self, a: np.ndarray, b: np.ndarray, e: np.ndarray, f: np.ndarray) -> None:
        self.origin, self.free, gap = _solved(*scaled(e, f), a.shape[1])
        rows, limits = scaled(a, b)
        room = limits - rows @ self.origin
        moved = rows @ self.free.T
        moved[np.abs(moved) < 1e-12] = 0.0
        still = ~moved.any(axis=1)
        self.a, self.b = scaled(moved[~still], room[~still])
        gap = max(gap, float(-room[still].min(initial=0.0)))
        self.misfit = max(gap, _violation(self.a, self.b))
        self.empty = self.misfit > CONSISTENT
        if not self.empty:
            # Rounding must not make a set of one point empty for the programs below.
            self.b = self.b + self.misfit
            self.misfit = 0.0

    @cached_property
    def tight(self) -> np.ndarray:
        """Which inequalities hold as equations all over the set, shape (m,)."""
        m, d = self.a.shape
        if not m:
            return np.zeros(0, dtype=bool)
        # Largest sum of t with a z + t <= s b, 0 <= t <= 1, and a scale s up to 1 / THINNEST.
        found = _optimum(
            np.concatenate([np.zeros(d), -np.ones(m), [0.0]]),
            np.column_stack([self.a, np.eye(m), -self.b]),
            np.zeros(m),
            [(None, None)] * d + [(0, 1)] * m + [(1, 1 / THINNEST)],
        )
        assert found.x is not None
        return found.x[d : d + m] < 0.5

    @cached_property
    def inner(self) -> np.ndarray:
        """Orthonormal directions of the set among the free ones, shape (dimension, d)."""
        return null_space(self.a[self.tight])

    @property
    def dimension(self) -> int:
        """Of the set; -1 where it is empty."""
        return -1 if self.empty else len(self.inner)

    @property
    def directions(self) -> np.ndarray:
        """Orthonormal directions of the set among all coordinates."""
        return np.zeros((0, self.free.shape[1])) if self.empty else self.inner @ self.free

    def between(self, weights: np.ndarray) -> tuple[float, float]:
        """Return the range of a weighted sum over the set."""
        if self.empty:
            return math.nan, math.nan
        goal, start = self.free @ weights, float(self.origin @ weights)
        goal[np.abs(goal) < 1e-12 * max(1.0, float(np.abs(weights).max(initial=0.0)))] = 0.0
        low, high = self._least(goal), -self._least(-goal)
        return start + low + 0.0, start + high + 0.0

    def _least(self, goal: np.ndarray) -> float:
        if not goal.any():
            return 0.0
        if not len(self.a):
            return -math.inf
        found = _optimum(goal, self.a, self.b, [(None, None)] * len(goal))
        if found.x is None:
            return -math.inf
        proof = float(found.ineqlin.marginals @ self.b)
        if abs(proof - found.fun) > 1e-7 * (1 + abs(found.fun)):
            raise SolverError(
                "a bound could not be proved", place="set", found=f"{found.fun:g} and {proof:g}"
            )
        return float(found.fun)

    def _deep(self) -> np.ndarray:
        """Return a point z that keeps its distance, up to 1, from all that does not always bind."""
        m, d = self.a.shape
        if not m:
            return np.zeros(d)
        # Room against the always tight ones is no use: move only along the set.
        base = self._some()
        along = self.inner @ self.a[~self.tight].T
        if not along.size:
            return base
        sizes = np.linalg.norm(along, axis=0)
        goal = np.append(np.zeros(len(self.inner)), -1.0)
        found = _optimum(
            goal,
            np.column_stack([along.T, sizes]),
            self.b[~self.tight] - self.a[~self.tight] @ base,
            [(None, None)] * len(self.inner) + [(0, 1)],
        )
        assert found.x is not None
        return base + found.x[:-1] @ self.inner

    def _some(self) -> np.ndarray:
        found = _optimum(
            np.zeros(self.a.shape[1]), self.a, self.b, [(None, None)] * self.a.shape[1]
        )
        assert found.x is not None
        return found.x

    def centre(self) -> np.ndarray:
        """Return a point of the relative interior in all coordinates."""
        return self.origin + self._deep() @ self.free

    def corners(self) -> np.ndarray:
        """Return the vertices in all coordinates; the set is bounded and not empty."""
        deep, d = self._deep(), self.dimension
        if d == 0:
            return self.centre()[None, :]
        normals = self.a[~self.tight] @ self.inner.T
        room = self.b[~self.tight] - self.a[~self.tight] @ deep
        if d == 1:
            steps = room[normals[:, 0] != 0] / normals[normals[:, 0] != 0, 0]
            ends = np.array([[steps[steps < 0].max()], [steps[steps > 0].min()]])
        else:
            from scipy.spatial import HalfspaceIntersection

            cut = HalfspaceIntersection(np.column_stack([normals, -room]), np.zeros(d))
            ends = cut.intersections
        return self.origin + (deep + ends @ self.inner) @ self.free


def _optimum(goal: np.ndarray, rows: np.ndarray, limits: np.ndarray, bounds: Any) -> Any:
    """Return SciPy's answer to min ``goal @ x``; ``x`` is ``None`` where it has no end."""
    from scipy.optimize import linprog

    strict = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    for options in (strict, {**strict, "presolve": False}, {"presolve": False}):
        found = linprog(
            goal, A_ub=rows, b_ub=limits, bounds=bounds, method="highs", options=options
        )
        if found.status in (0, 3):
            return found
    raise SolverError("a linear program has no answer", place="set", found=found.message)


def _violation(a: np.ndarray, b: np.ndarray) -> float:
    """Return the least v with ``a z <= b + v`` for some z, at least 0."""
    if not len(a) or b.min() >= 0:
        return 0.0
    d = a.shape[1]
    goal = np.append(np.zeros(d), 1.0)
    bounds = [(None, None)] * d + [(0, None)]
    found = _optimum(goal, np.column_stack([a, -np.ones(len(a))]), b, bounds)
    return max(0.0, float(found.fun))


def _solved(e: np.ndarray, f: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Return a solution of ``e x = f``, orthonormal free directions, and the largest residual."""
    if not len(e):
        return np.zeros(k), np.eye(k), 0.0
    left, sizes, right = np.linalg.svd(e)
    rank = int((sizes > RANK * max(1.0, sizes[0])).sum())
    origin = right[:rank].T @ ((left[:, :rank].T @ f) / sizes[:rank])
    gap = float(np.abs(e @ origin - f).max())
    return origin, right[rank:], gap if gap > 1e-10 * (1 + np.abs(f).max()) else 0.0


def null_space(rows: np.ndarray) -> np.ndarray:
    """Return orthonormal directions in which no row changes, shape (d, k)."""
    return _solved(rows, np.zeros(len(rows)), rows.shape[1])[1]


def scaled(rows: np.ndarray, limits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the same conditions with largest coefficients of 1; empty ones stay."""
    size = np.abs(rows).max(axis=1, initial=0.0)
    size = np.where(size > 0, size, 1.0)
    return rows / size[:, None], limits / size
