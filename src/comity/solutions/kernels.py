"""Many two-player games at once: lottery Nash bargaining and security levels, compiled.

    nash_batch(payoffs: (B, 2, r, c), disagreement: (B, 2) | None)
        -> NashBatch(profiles (B, 2), probability (B,), payoffs (B, 2), feasible (B,))
    maximin_batch(payoffs: (B, 2, r, c)) -> (B, 2)

The same walk along the frontier as in `edge` and the same answers as `bargain` and
`maximin_point`, without their certificates: for studies of very many small games. Importing this
module loads Numba; the first call compiles, later processes read the compiled code from disk.
Memory beyond the results does not grow with the batch.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.core import InputError
from comity.core.compiling import compiled
from comity.solutions.maximin_kernel import security, workspace
from comity.solutions.nash_kernel import mixed_payoff, nash_lottery


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


@compiled()
def _nash_loop(
    games: np.ndarray, points: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    count = len(games)
    profiles = np.empty((count, 2), dtype=np.int64)
    chances = np.zeros(count)
    payoffs = points.copy()
    feasible = np.zeros(count, dtype=np.bool_)
    for b in range(count):
        one, two = games[b, 0], games[b, 1]
        first, second, weight = nash_lottery(one, two, points[b, 0], points[b, 1])
        profiles[b, 0], profiles[b, 1] = first, second
        if first >= 0:
            feasible[b], chances[b] = True, 1 - weight
            payoffs[b, 0] = mixed_payoff(one, first, second, weight)
            payoffs[b, 1] = mixed_payoff(two, first, second, weight)
    return profiles, chances, payoffs, feasible


@compiled()
def _maximin_loop(games: np.ndarray) -> np.ndarray:
    count, _, rows, columns = games.shape
    levels = np.empty((count, 2))
    work, strategy = workspace(rows, columns), np.empty(max(rows, columns))
    for b in range(count):
        for player in range(2):
            levels[b, player] = security(games[b], player, work, strategy)
    return levels
