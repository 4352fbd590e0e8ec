"""Many two-player games at once: lottery Nash bargaining and security levels, compiled.

    nash_batch(payoffs: (B, 2, r, c), disagreement: (B, 2) | None)
        -> NashBatch(profiles (B, 2), probability (B,), payoffs (B, 2), feasible (B,))
    maximin_batch(payoffs: (B, 2, r, c)) -> (B, 2)

The same walk along the frontier as in `edge` and the same answers as `bargain` and
`maximin_point`, without their certificates: for studies of very many small games. Importing this
module loads Numba; the first call compiles, later processes read the compiled code from disk.
Memory beyond the results does not grow with the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from comity.core import InputError

F = TypeVar("F", bound=Callable[..., Any])

NEGLIGIBLE = 1e-9
ROUNDING = 1e-12
PIVOTS_BEFORE_BLAND = 100


class NashBatch(NamedTuple):
    """Solutions of a batch of games.

    Attributes
    ----------
    profiles : shape (B, 2), places in C order of the two profiles that are drawn between; equal
        where the play is certain, -1 where nobody can gain.
    probability : shape (B,), chance of the first of them; 0 where nobody can gain.
    payoffs : shape (B, 2), expected payoffs; the disagreement point where nobody can gain.
    feasible : shape (B,), whether some play is better for one and worse for none.
    """

    profiles: np.ndarray
    probability: np.ndarray
    payoffs: np.ndarray
    feasible: np.ndarray


def nash_batch(payoffs: np.ndarray, disagreement: np.ndarray | None = None) -> NashBatch:
    """Return Nash's solution on lotteries of every game of a batch.

    Parameters
    ----------
    payoffs : shape (B, 2, r, c), player axis before the actions; finite.
    disagreement : shape (B, 2); each one's mixed security level if absent.

    Examples
    --------
    >>> chicken = np.array([[[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]]])
    >>> nash_batch(chicken).payoffs
    array([[1.75, 0.5 ]])
    """
    games = _checked(payoffs)
    if disagreement is None:
        points = maximin_batch(games)
    else:
        points = np.ascontiguousarray(disagreement, dtype=float)
    if points.shape != (len(games), 2) or not np.isfinite(points).all():
        raise InputError(
            "not disagreement points",
            place="disagreement",
            found=points.shape,
            expected=f"finite numbers of shape {(len(games), 2)}",
        )
    return NashBatch(*_nash_loop(games.reshape(len(games), 2, -1), points))


def maximin_batch(payoffs: np.ndarray) -> np.ndarray:
    """Return both players' mixed security levels in every game of a batch, shape (B, 2).

    Examples
    --------
    >>> maximin_batch(np.array([[[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]]))
    array([[0., 0.]])
    """
    return _maximin_loop(_checked(payoffs))


def _checked(payoffs: np.ndarray) -> np.ndarray:
    games = np.ascontiguousarray(payoffs, dtype=float)
    if games.ndim != 4 or games.shape[1] != 2 or 0 in games.shape[2:]:
        raise InputError(
            "shape does not fit", place="payoffs", found=games.shape, expected="(B, 2, r, c)"
        )
    if not np.isfinite(games).all():
        raise InputError("not finite", place="payoffs", expected="finite numbers")
    return games


def _compiled(function: F) -> F:
    return cast(F, njit(cache=True, error_model="numpy")(function))


@_compiled
def _nash_loop(
    games: np.ndarray, points: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    count = len(games)
    profiles = np.empty((count, 2), dtype=np.int64)
    chances = np.empty(count)
    payoffs = np.empty((count, 2))
    feasible = np.empty(count, dtype=np.bool_)
    for b in range(count):
        one, two, origin = games[b, 0], games[b, 1], points[b]
        i, j, place = _nash_play(one, two, origin[0], origin[1])
        feasible[b] = i >= 0
        profiles[b, 0], profiles[b, 1], chances[b] = i, j, 1 - place
        if i >= 0:
            payoffs[b, 0] = one[i] + place * (one[j] - one[i])
            payoffs[b, 1] = two[i] + place * (two[j] - two[i])
        else:
            payoffs[b], chances[b] = origin, 0.0
    return profiles, chances, payoffs, feasible


@_compiled
def _nash_play(one: np.ndarray, two: np.ndarray, d1: float, d2: float) -> tuple[int, int, float]:
    """Return the ends of the edge that holds the solution, and how far along it lies."""
    a, b = _lexicographic_best(one, two), _lexicographic_best(two, one)
    span1 = max(one[a], d1) - min(one[b], d1)
    span2 = max(two[b], d2) - min(two[a], d2)
    if not (span1 > 0 or span2 > 0):
        return -1, -1, 0.0
    for _ in range(len(one) + 2):
        n1, n2 = two[b] - two[a], one[a] - one[b]
        c = _furthest(one, two, n1, n2)
        beyond = n1 * (one[c] - one[a]) + n2 * (two[c] - two[a])
        if beyond <= ROUNDING * (n1 * span1 + n2 * span2):
            break
        g1, g2 = one[c] - d1, two[c] - d2
        if g1 < 0 or (g2 >= 0 and g2 * n2 > g1 * n1):
            b = c
        else:
            a = c
    place = _edge_place(one[a] - d1, two[a] - d2, one[b] - one[a], two[b] - two[a], span1, span2)
    if place < 0:
        return -1, -1, 0.0
    if place == 0 or a == b:
        return a, a, 0.0
    return (b, b, 0.0) if place == 1 else (a, b, place)


@_compiled
def _lexicographic_best(values: np.ndarray, ties: np.ndarray) -> int:
    best = 0
    for k in range(1, len(values)):
        if values[k] > values[best] or (values[k] == values[best] and ties[k] > ties[best]):
            best = k
    return best


@_compiled
def _furthest(one: np.ndarray, two: np.ndarray, n1: float, n2: float) -> int:
    best, most = 0, n1 * one[0] + n2 * two[0]
    for k in range(1, len(one)):
        worth = n1 * one[k] + n2 * two[k]
        if worth > most:
            best, most = k, worth
    return best


@_compiled
def _edge_place(g1: float, g2: float, s1: float, s2: float, span1: float, span2: float) -> float:
    """Return where on an edge from gains g by steps s the product is largest, -1 if nowhere.

    Party 1 loses along the edge (s1 <= 0) and party 2 wins; equal ends make a point.
    """
    low, high = 0.0, 1.0
    if g2 < -ROUNDING * span2:
        low = -g2 / s2 if s2 > 0 else 2.0
    if g1 + s1 < -ROUNDING * span1:
        high = -g1 / s1 if s1 < 0 else -1.0
    if low > high + ROUNDING:
        return -1.0
    place = low
    if s1 < 0 and s2 > 0:
        place = min(max(-(g1 / s1 + g2 / s2) / 2, low), max(low, high))
    if g1 + place * s1 <= NEGLIGIBLE * span1 and g2 + place * s2 <= NEGLIGIBLE * span2:
        return -1.0
    return place


@_compiled
def _maximin_loop(games: np.ndarray) -> np.ndarray:
    count, _, rows, columns = games.shape
    levels = np.empty((count, 2))
    wide = np.empty((rows + 1, columns + 1))
    tall = np.empty((columns + 1, rows + 1))
    wide_names = np.empty(rows + columns, dtype=np.int64)
    tall_names = np.empty(rows + columns, dtype=np.int64)
    for b in range(count):
        levels[b, 0] = _matrix_value(games[b, 0], wide, wide_names)
        levels[b, 1] = _matrix_value(games[b, 1].T, tall, tall_names)
    return levels


@_compiled
def _matrix_value(matrix: np.ndarray, table: np.ndarray, names: np.ndarray) -> float:
    """Return the value of the zero-sum game in which rows maximise."""
    rows, columns = matrix.shape
    low, high, secure = matrix[0, 0], matrix[0, 0], -np.inf
    for i in range(rows):
        worst = matrix[i, 0]
        for j in range(columns):
            worst, high = min(worst, matrix[i, j]), max(high, matrix[i, j])
        low, secure = min(low, worst), max(secure, worst)
    ceiling = np.inf
    for j in range(columns):
        best = matrix[0, j]
        for i in range(1, rows):
            best = max(best, matrix[i, j])
        ceiling = min(ceiling, best)
    if secure == ceiling:
        return secure
    span = high - low
    for i in range(rows):
        for j in range(columns):
            table[i, j] = (matrix[i, j] - low) / span + 1
        table[i, columns] = 1
    table[rows, :columns] = -1
    table[rows, columns] = 0
    for k in range(rows + columns):
        names[k] = k
    return (1 / _simplex(table, names) - 1) * span + low


@_compiled
def _simplex(table: np.ndarray, names: np.ndarray) -> float:
    """Return the maximum of ``sum(y)`` subject to ``A y <= 1, y >= 0``, A positive.

    The condensed tableau holds A, the right-hand side in its last column and the negated prices
    in its last row. Largest price first, then Bland's rule, which cannot cycle.
    """
    rows, columns = table.shape[0] - 1, table.shape[1] - 1
    step = 0
    while True:
        q = _entering(table, names, step >= PIVOTS_BEFORE_BLAND)
        if q < 0:
            return table[rows, columns]
        p, least = -1, np.inf
        for i in range(rows):
            if table[i, q] > ROUNDING:
                ratio = table[i, columns] / table[i, q]
                if ratio < least or (ratio == least and names[columns + i] < names[columns + p]):
                    p, least = i, ratio
        if p < 0:
            return np.nan
        _pivot(table, p, q)
        names[q], names[columns + p] = names[columns + p], names[q]
        step += 1


@_compiled
def _entering(table: np.ndarray, names: np.ndarray, bland: bool) -> int:
    rows, columns = table.shape[0] - 1, table.shape[1] - 1
    best = -1
    for j in range(columns):
        if table[rows, j] < -ROUNDING and (
            best < 0
            or (bland and names[j] < names[best])
            or (not bland and table[rows, j] < table[rows, best])
        ):
            best = j
    return best


@_compiled
def _pivot(table: np.ndarray, p: int, q: int) -> None:
    rows, columns = table.shape
    inverse = 1 / table[p, q]
    for j in range(columns):
        table[p, j] *= inverse
    table[p, q] = inverse
    for i in range(rows):
        if i != p:
            factor = table[i, q]
            table[i, q] = 0.0
            for j in range(columns):
                table[i, j] -= factor * table[p, j]
