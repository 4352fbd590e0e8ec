"""Corners of the frontier of lotteries: the upper hull of the undominated points."""

from __future__ import annotations

import numpy as np

from comity.core import Intractable
from comity.solutions.undominated import pareto_indices

MOST_PROGRAMS = 5_000


def hull_indices(points: np.ndarray) -> np.ndarray:
    """Return the places of the corners of the lottery frontier, from best to worst for player 1.

    ``points`` has shape (N, n). Of equal points the first is taken. Two players: O(N log N). More:
    one linear program for each undominated point, up to 5,000.
    """
    indices = pareto_indices(points)
    distinct, first = np.unique(points[indices], axis=0, return_index=True)
    corners = upper_hull(distinct) if points.shape[1] == 2 else _extreme(distinct)
    return indices[first[corners[::-1]]]


def upper_hull(points: np.ndarray) -> np.ndarray:
    """Return the places of the corners of the upper hull of an undominated staircase.

    ``points`` has shape (N, 2) and is sorted by rising first payoff. O(N) (Andrew 1979).
    """
    corners: list[int] = []
    for k, point in enumerate(points):
        while len(corners) > 1 and _not_above(points[corners[-2]], points[corners[-1]], point):
            corners.pop()
        corners.append(k)
    return np.array(corners, dtype=int)


def _not_above(left: np.ndarray, middle: np.ndarray, right: np.ndarray) -> bool:
    rise, run = right - left, middle - left
    return bool(rise[0] * run[1] - rise[1] * run[0] <= 0)


def _extreme(points: np.ndarray) -> np.ndarray:
    """Return the places of points that no lottery over the others weakly dominates."""
    from scipy.optimize import linprog

    count = len(points)
    if count > MOST_PROGRAMS:
        raise Intractable(
            "too many undominated outcomes for the frontier of lotteries",
            place="frontier",
            found=count,
            expected=f"at most {MOST_PROGRAMS:,} for three players or more",
        )
    span = np.ptp(points, axis=0)
    scaled = (points - points.min(axis=0)) / np.where(span > 0, span, 1)
    kept = np.ones(count, dtype=bool)
    for k in range(count):
        others = kept.copy()
        others[k] = False
        if not others.any():
            break
        rest = scaled[others]
        found = linprog(
            np.append(np.zeros(len(rest)), -1.0),
            A_ub=np.column_stack([-rest.T, np.ones(points.shape[1])]),
            b_ub=-scaled[k],
            A_eq=np.append(np.ones(len(rest)), 0.0)[None, :],
            b_eq=np.ones(1),
            bounds=[(0, None)] * len(rest) + [(None, None)],
            method="highs",
        )
        kept[k] = found.x[-1] < -1e-10
    return np.flatnonzero(kept)
