"""Which points are undominated: no other is as good for all and better for one.

Two players: a sort, O(N log N). More: every point against the undominated ones found so far, by
falling sum (Kung, Luccio and Preparata 1975 for the problem). A few passes that drop most points
come first.
"""

from __future__ import annotations

import numpy as np


def pareto_indices(points: np.ndarray) -> np.ndarray:
    """Return the places of undominated points, rising; equal points are kept together.

    ``points`` has shape (N, n). A point is dominated if another is at least as good for all and
    better for one.
    """
    columns = [np.ascontiguousarray(column) for column in points.T]
    alive, columns = _survivors(columns)
    keep = _staircase(*columns) if len(columns) == 2 else _against_all(columns)
    return np.sort(alive[keep])


def _survivors(columns: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the places and values of points that a few good points do not dominate.

    In most sets nearly all points fall here, in a few passes instead of a sort.
    """
    alive = np.arange(len(columns[0]))
    units = [1 / (np.ptp(column) or 1.0) for column in columns]
    for direction in _directions(len(columns)):
        if len(alive) <= FEW:
            break
        worth = sum(c * (w * u) for c, w, u in zip(columns, direction, units, strict=True))
        keep = np.flatnonzero(_not_below(columns, int(np.argmax(worth))))
        enough = len(keep) > 0.97 * len(alive)
        alive, columns = alive[keep], [column[keep] for column in columns]
        if enough:
            break
    return alive, columns


FEW = 256


def _not_below(columns: list[np.ndarray], judge: int) -> np.ndarray:
    """Return which points this one does not dominate, itself and its equals included."""
    better = columns[0] > columns[0][judge]
    equal = columns[0] == columns[0][judge]
    for column in columns[1:]:
        better |= column > column[judge]
        equal &= column == column[judge]
    return np.asarray(better | equal)


def _directions(n: int) -> list[np.ndarray]:
    """Return weights from the middle outwards."""
    if n == 2:
        shares = [0.5, 0.7, 0.3, 0.85, 0.15, 0.6, 0.4, 0.95, 0.05]
        return [np.array([share, 1 - share]) for share in shares]
    spread = np.random.default_rng(0).dirichlet(np.full(n, 1.0), size=12 * n)
    return [np.full(n, 1 / n), *spread]


def _staircase(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the places of the undominated among points in the plane."""
    order = np.lexsort((-second, -first))
    first, second = first[order], second[order]
    highest = np.maximum.accumulate(second)
    new = np.ones(len(order), dtype=bool)
    new[1:] = second[1:] > highest[:-1]
    leader = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    return order[(first == first[leader]) & (second == second[leader])]


def _against_all(columns: list[np.ndarray]) -> np.ndarray:
    """Return the places of the undominated among these points, for any number of players.

    By falling sum, so that every point that is reached is undominated.
    """
    alive = np.argsort(-sum(columns), kind="stable")
    columns = [column[alive] for column in columns]
    position = 0
    while position < len(alive):
        keep = _not_below(columns, position)
        position = int(keep[:position].sum()) + 1
        alive, columns = alive[keep], [column[keep] for column in columns]
    return alive
