"""Small dense linear programs over chances, by the dual simplex method.

Bargaining asks for thousands of programs with a few dozen entries, for which a general solver
spends nearly all of its time on checks. The play of largest goal is a start that is dual feasible,
so that one phase suffices (Lemke 1954). An answer is given only with a proof: it keeps the limits,
and its prices bound the goal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MAX_ENTRIES = 20_000
"""Tables above this size are left to a sparse solver."""

ROUNDING = 1e-12
KEPT = 1e-10
"""How far a limit may be missed, and how far the bound may lie above the value."""


@dataclass(frozen=True)
class Optimum:
    """The answer to a program.

    Attributes
    ----------
    x : shape (k,), an optimal point.
    prices : shape (m,), of the limits, not negative.
    """

    x: np.ndarray
    prices: np.ndarray


def best_chances(
    goal: np.ndarray, rows: np.ndarray, limits: np.ndarray, counted: int | None = None
) -> Optimum | None:
    """Return the maximum of ``goal @ x`` where ``rows @ x <= limits``, x >= 0, and x sums to 1.

    ``rows`` has shape (m, k) with entries of size 1 or so. Only the first ``counted`` entries of x
    are part of the sum; the goals of the rest are not positive. ``None`` where no proven answer
    was found: too large a table, an infeasible program, or too much rounding.
    """
    if rows.size > MAX_ENTRIES:
        return None
    share = np.zeros(len(goal))
    share[:counted] = 1.0
    start = int(np.argmax(goal[:counted]))
    table, inside, outside = _start(goal, rows, limits, share, start)
    if not _pivot_to_optimum(table, inside, outside):
        return None
    found = np.zeros(len(goal) + len(limits))
    found[inside] = table[:-1, -1]
    prices = np.zeros(len(goal) + len(limits))
    prices[outside] = table[-1, :-1]
    x, prices = np.maximum(found[: len(goal)], 0), np.maximum(prices[len(goal) :], 0)
    proven = _proves(x, prices, (goal, rows, limits, share))
    return Optimum(x, prices) if proven else None


def _start(
    goal: np.ndarray, rows: np.ndarray, limits: np.ndarray, share: np.ndarray, start: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the condensed tableau in which only ``start`` is played, and who is in and out.

    Rows: the slacks, then ``start``, then the reduced costs; the last column is the right side.
    """
    m, k = rows.shape
    table = np.empty((m + 2, k + 1))
    table[:m, :k] = rows - rows[:, start, None] * share
    table[:m, k] = limits - rows[:, start]
    table[m, :k], table[m, k] = share, 1.0
    table[m + 1, :k], table[m + 1, k] = goal[start] * share - goal, goal[start]
    names = np.arange(k)
    inside, outside = np.append(np.arange(k, k + m), start), np.delete(names, start)
    return np.delete(table, start, axis=1), inside, outside


def _pivot_to_optimum(table: np.ndarray, inside: np.ndarray, outside: np.ndarray) -> bool:
    """Pivot in place until every limit is kept; return whether that was reached."""
    patience = 5 * sum(table.shape)
    for step in range(4 * patience):
        p = _leaving(table[:-1, -1], inside, step > patience)
        if p < 0:
            return True
        q = _entering(table[p, :-1], table[-1, :-1], outside, step > patience)
        if q < 0:
            return False
        _exchange(table, p, q)
        inside[p], outside[q] = outside[q], inside[p]
    return False


def _leaving(levels: np.ndarray, inside: np.ndarray, bland: bool) -> int:
    """Return the row that misses its limit most, or by Bland's rule (1977); -1 if none does."""
    if not bland:
        p = int(levels.argmin())
        return p if levels[p] < -ROUNDING else -1
    short = np.flatnonzero(levels < -ROUNDING)
    return int(short[inside[short].argmin()]) if len(short) else -1


def _entering(row: np.ndarray, costs: np.ndarray, outside: np.ndarray, bland: bool) -> int:
    """Return the column that keeps the costs positive; of equals the largest pivot."""
    usable = np.flatnonzero(row < -KEPT)
    if not len(usable):
        return -1
    pivots = row[usable]
    ratios = costs[usable] / -pivots
    tied = np.flatnonzero(ratios <= ratios.min() + ROUNDING)
    best = outside[usable[tied]].argmin() if bland else pivots[tied].argmin()
    return int(usable[tied[best]])


def _exchange(table: np.ndarray, p: int, q: int) -> None:
    """Exchange row p and column q of a condensed tableau."""
    column = table[:, q].copy()
    pivot = column[p]
    row = table[p] / pivot
    table -= column[:, None] * row
    table[p] = row
    table[:, q] = column / -pivot
    table[p, q] = 1 / pivot


def _proves(
    x: np.ndarray,
    prices: np.ndarray,
    program: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> bool:
    """Return whether x keeps the limits and the prices bound the goal, in original numbers."""
    goal, rows, limits, share = program
    if abs(share @ x - 1) > KEPT or (rows @ x - limits).max(initial=0.0) > KEPT:
        return False
    left = goal - prices @ rows
    counted = share > 0
    if left[~counted].max(initial=0.0) > KEPT:
        return False
    bound = float(left[counted].max() + prices @ limits)
    return bound - float(goal @ x) <= KEPT


def best_level(
    goal: np.ndarray, points: np.ndarray, limits: np.ndarray, shares: np.ndarray
) -> Optimum | None:
    """Return the mixture with the largest ``goal @ x + t`` where t is a level, free in sign.

    Limits: ``x @ points >= limits + shares t``, with points (k, n) and shares (n,) not negative,
    one positive. The level is eliminated through a limit with the largest share.
    """
    by = int(np.argmax(shares))
    share = shares[by]
    if not share > 0:
        return None
    others = np.arange(len(shares)) != by
    ratio = (shares / share)[others]
    rows = ratio[:, None] * points[:, by] - points.T[others]
    found = best_chances(
        np.append(goal + points[:, by] / share, -1 / share),
        np.column_stack([rows, -ratio]),
        ratio * limits[by] - limits[others],
        len(points),
    )
    if found is None:
        return None
    prices = np.empty(len(shares))
    prices[others] = found.prices
    prices[by] = max(0.0, (1 - found.prices @ shares[others]) / share)
    return Optimum(found.x[:-1], prices)
