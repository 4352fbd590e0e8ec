"""The largest product of gains over a convex set known only through ``maximise``.

Fully corrective Frank-Wolfe: over the plays found so far the product is maximised by a primal-dual
interior-point method; the play that is best at the gradient joins them. With gradient g at gains z,
``max g @ v - n`` bounds the logarithm of what any product could be above the present one (von
Hohenbalken 1977, simplicial decomposition; the bound is concavity).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comity.solutions.payoff_sets import Vertex
from comity.solutions.point import GAP_TARGET, Point, mix

MAX_ROUNDS = 1_000
MAX_NEWTON = 100
PRUNED = 1e-13
PROOF = "concavity of the logarithm: best play at the gradient"


def largest_product(
    maximise: Callable[[np.ndarray], Vertex], vertices: list[Vertex], chances: np.ndarray
) -> Point:
    """Return the mixture with the largest product of gains.

    Parameters
    ----------
    maximise : the set.
    vertices, chances : a first mixture in which everyone gains.
    """
    best: Point | None = None
    for _ in range(MAX_ROUNDS):
        points = np.array([vertex.payoffs for vertex in vertices])
        chances = best_mixture(points, chances)
        gains, play = mix(vertices, chances)
        slope = 1 / gains
        corner = maximise(slope)
        gap = max(0.0, corner.upper_bound - len(gains))
        if best is None or gap < best.gap:
            best = Point(gains, play, float(gains.prod()), gap, slope, PROOF)
        improves = slope @ corner.payoffs > (points @ slope).max() + GAP_TARGET / 1e4
        if gap <= GAP_TARGET / 100 or not improves:
            break
        vertices.append(corner)
        chances = np.append(chances, 0.0)
    assert best is not None
    return best


def best_mixture(points: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return the chances, shape (k,), that maximise the product of ``chances @ points``.

    The optimality conditions ``n - points @ (1/z) = s >= 0, chances >= 0, chances * s = 0`` imply
    that chances sum to 1, so that no constraint is needed for it.
    """
    k, n = points.shape
    x = _interior(points, chances)
    s = np.full(k, 1.0)
    for _ in range(MAX_NEWTON):
        z = x @ points
        residual = n - points @ (1 / z) - s
        if np.abs(residual).max() < 1e-13 * n and x @ s < 1e-14:
            break
        target = 0.05 * (x @ s) / k
        curvature = (points / z**2) @ points.T
        dx = np.linalg.solve(curvature + np.diag(s / x), target / x - s - residual)
        ds = target / x - s - s / x * dx
        length = min(_longest(x, dx), _longest(s, ds), _longest(z, dx @ points, 0.7))
        x, s = x + length * dx, s + length * ds
    x = np.where(x < PRUNED * x.max(), 0.0, x)
    return x / x.sum()


def _interior(points: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return positive chances near these under which everyone still gains."""
    flat = np.full(len(chances), 1 / len(chances))
    gains, drift = chances @ points, flat @ points
    share = 0.1
    while (share * drift + (1 - share) * gains <= gains / 2).any():
        share /= 2
    return share * flat + (1 - share) * chances


def _longest(values: np.ndarray, steps: np.ndarray, fraction: float = 0.99) -> float:
    """Return the longest step, at most 1, that keeps values positive."""
    falling = steps < 0
    if not falling.any():
        return 1.0
    return min(1.0, fraction * float(np.min(-values[falling] / steps[falling])))
