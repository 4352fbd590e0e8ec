"""The one equilibrium of a zero-sum game whose players value entropy, with a duality gap.

The row player maximises ``mu Q nu + row_noise H(mu)``, the column player minimises
``mu Q nu - column_noise H(nu)``: concave in one, convex in the other, so that the equilibrium is
unique and each plays logit against the other (the logit equilibrium of McKelvey and Palfrey 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, InputError, Result
from comity.games.validation import check_finite

STEPS = 100
"""Most Newton steps at one level of noise."""

EASY = 8
"""Newton steps below which noise may fall faster."""

SHORTEST = 0.999
"""Share to which noise falls in the shortest step that is tried."""

SMALL, CLOSE = 1e-13, 1e-6
"""Miss of log-weights, in their size, at which to stop; and with which to go on all the same."""

PROVEN = 1e-9


@dataclass(frozen=True, eq=False)
class RegularisedEquilibrium(Result):
    """Both players' mixes.

    Attributes
    ----------
    row, column : shapes (A,) and (B,).
    value : expected payoff to the row player, without entropy.
    gap : what both could gain together by leaving, entropy counted: 0 only in equilibrium.
    """

    row: np.ndarray
    column: np.ndarray
    value: float
    gap: Certified


def regularised_equilibrium(
    payoffs: Any, row_noise: float = 1.0, column_noise: float = 1.0
) -> RegularisedEquilibrium:
    """Return the logit equilibrium of a zero-sum game.

    Parameters
    ----------
    payoffs : shape (A, B), to the row player.
    row_noise, column_noise : weights of entropy (temperatures), above 0, in units of payoffs.

    Newton's method on the column player's log-weights, whose Jacobian ``I + P R``, P and R positive
    semidefinite, is never singular; noise starts at the range of payoffs and falls to that asked
    for, each equilibrium the start of the next. The gap shows whether it arrived.

    Examples
    --------
    >>> found = regularised_equilibrium([[1, -1], [-1, 1]])
    >>> found.row, found.column, found.gap.kind
    (array([0.5, 0.5]), array([0.5, 0.5]), 'exact')
    """
    table = np.array(payoffs, dtype=float)
    if table.ndim != 2 or not table.size:
        raise InputError("not a matrix", place="payoffs", found=table.shape, expected="(A, B)")
    check_finite(table, "payoffs")
    for place, noise in (("row_noise", row_noise), ("column_noise", column_noise)):
        if not (np.isfinite(noise) and noise > 0):
            raise InputError("out of range", place=place, found=noise, expected="above 0")
    weights = _lowered(table, row_noise, column_noise)
    column = softmax(weights)
    row = softmax(table @ column / row_noise)
    return RegularisedEquilibrium(
        row, column, float(row @ table @ column), _gap(table, row, column, row_noise, column_noise)
    )


def _lowered(table: np.ndarray, row_noise: float, column_noise: float) -> np.ndarray:
    """Return log-weights of equilibrium, followed from loud noise down to that asked for.

    No noise is below a floor that falls from the range of payoffs; where a step fails it is made
    shorter, where it is easy longer.
    """
    least = min(row_noise, column_noise)
    floor, fall = max(float(np.ptp(table)), least), 0.5
    start = np.zeros(table.shape[1])
    weights = _settled(table, start, max(row_noise, floor), max(column_noise, floor))[0]
    while floor > least and fall < SHORTEST:
        lower = max(floor * fall, least)
        found, steps = _settled(table, weights, max(row_noise, lower), max(column_noise, lower))
        if steps > STEPS:
            fall = float(np.sqrt(fall))
            continue
        weights, floor = found, lower
        fall = max(fall**1.5, 0.1) if steps < EASY else fall
    return weights


def _settled(
    table: np.ndarray, weights: np.ndarray, row_noise: float, column_noise: float
) -> tuple[np.ndarray, int]:
    """Return log-weights where Newton's method ends, and its steps: above `STEPS` if it failed."""
    for done in range(STEPS):
        gap, jacobian = _miss(table, weights, row_noise, column_noise)
        size, unit = float(np.abs(gap).max()), max(1.0, float(np.abs(weights).max()))
        if size < SMALL * unit:
            return weights, done
        step = np.linalg.solve(jacobian, gap)
        noise = (row_noise, column_noise)
        moved = _damped(table, weights, step, noise, float(np.linalg.norm(gap)))
        if np.array_equal(moved, weights):
            return weights, done if size < CLOSE * unit else STEPS + 1
        weights = moved
    return weights, STEPS + 1


def softmax(values: np.ndarray) -> np.ndarray:
    """Return chances proportional to the exponentials."""
    raised = np.exp(values - values.max())
    return raised / raised.sum()


def _miss(
    table: np.ndarray, weights: np.ndarray, row_noise: float, column_noise: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return by how much log-weights differ from the reply to the reply, and the Jacobian."""
    column = softmax(weights)
    row = softmax(table @ column / row_noise)
    spread_row = np.diag(row) - np.outer(row, row)
    spread_column = np.diag(column) - np.outer(column, column)
    slope = table.T @ spread_row @ table @ spread_column / (row_noise * column_noise)
    return weights + table.T @ row / column_noise, np.eye(len(weights)) + slope


def _damped(
    table: np.ndarray,
    weights: np.ndarray,
    step: np.ndarray,
    noise: tuple[float, float],
    size: float,
) -> np.ndarray:
    """Return the longest of halved steps that brings the log-weights nearer to a reply."""
    share = 1.0
    while share > 1e-10:
        moved = weights - share * step
        if np.linalg.norm(_miss(table, moved, *noise)[0]) <= (1 - 1e-4 * share) * size:
            return moved
        share /= 2
    return weights


def _gap(
    table: np.ndarray, row: np.ndarray, column: np.ndarray, row_noise: float, column_noise: float
) -> Certified:
    """Return the sum of both players' gains from their best replies, in closed form."""
    best = row_noise * _log_sum(table @ column / row_noise) - column_noise * _entropy(column)
    worst = row_noise * _entropy(row) - column_noise * _log_sum(-table.T @ row / column_noise)
    size = max(0.0, best - worst)
    unit = float(np.ptp(table)) + row_noise + column_noise
    method = "best replies in closed form"
    if size <= PROVEN * unit:
        return Certified.exact(size, method)
    return Certified.upper(size, method)


def _log_sum(values: np.ndarray) -> float:
    return float(values.max() + np.log(np.exp(values - values.max()).sum()))


def _entropy(chances: np.ndarray) -> float:
    inside = chances[chances > 0]
    return float(-(inside * np.log(inside)).sum())
