"""Searches that stopped where the likelihood is not smooth: on with them, or a corner is a maximum.

Utilities with a least or a best of several parts have kinks. Newton's method stops at one whether
or not the likelihood still rises along it, so points all around are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from comity.inference.estimation.diagnosis import half_widths
from comity.inference.estimation.newton import Optimum
from comity.inference.explanations.parameters import Parameter

RADII = (0.3, 0.03, 0.003, 0.0003)
"""How far around a point is looked, in half widths of the typical intervals."""
RANDOM_DIRECTIONS = 12
BETTER = 1e-5
"""A point is better if its log-likelihood is higher by more than this."""
MOST_ROUNDS = 4

Look = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""From points (n, M, k) and the places (n,) of searches to log-likelihoods (n, M)."""
Climb = Callable[[np.ndarray, np.ndarray], Optimum]
"""From places (n,) of searches and starts (n, S, k) to their best ends."""


def leave_kinks(
    parameters: Sequence[Parameter], ends: Optimum, look: Look, climb: Climb, starts: int = 2
) -> tuple[Optimum, np.ndarray]:
    """Return better ends of searches that did not converge, and which are corners, shape (P,).

    Parameters
    ----------
    ends : arrays with a leading axis P.
    starts : from how many points nearby a search goes on, at most.

    A search whose end is beaten by a point nearby goes on from there; one that is not beaten is at
    a corner, as far as directions along axes, of curvature and at random show.
    """
    ends = Optimum(*(np.array(leaf) for leaf in ends))
    corner = np.zeros(len(ends.value), bool)
    todo = np.flatnonzero(~ends.converged & np.isfinite(ends.value))
    for _ in range(MOST_ROUNDS):
        if not len(todo):
            break
        points = ends.point[todo, None] + _moves(parameters, ends, todo)
        values = look(points, todo)
        values = np.where(np.isnan(values), -np.inf, values)
        beaten = values.max(axis=1) > ends.value[todo] + BETTER
        corner[todo[~beaten]] = True
        todo, points, values = todo[beaten], points[beaten], values[beaten]
        if not len(todo):
            break
        best = np.argsort(-values, axis=1)[:, :starts]
        found = climb(todo, np.take_along_axis(points, best[:, :, None], axis=1))
        for whole, part in zip(ends, found, strict=True):
            whole[todo] = part
        todo = todo[~ends.converged[todo]]
    return ends, corner


def _moves(parameters: Sequence[Parameter], ends: Optimum, todo: np.ndarray) -> np.ndarray:
    """Return moves in all directions and by all radii, shape (n, M, k)."""
    width = half_widths(parameters)
    count = len(width)
    drawn = np.random.default_rng(0).standard_normal((RANDOM_DIRECTIONS, count))
    fixed = np.concatenate([np.eye(count), drawn / np.linalg.norm(drawn, axis=1, keepdims=True)])
    hessian = np.where(np.isfinite(ends.hessian[todo]), ends.hessian[todo], 0.0)
    curved = np.linalg.eigh(hessian * width[:, None] * width)[1].swapaxes(1, 2)
    one_way = np.concatenate([np.broadcast_to(fixed, (len(todo), *fixed.shape)), curved], axis=1)
    ways = np.concatenate([one_way, -one_way], axis=1)
    return np.concatenate([radius * width * ways for radius in RADII], axis=1)
