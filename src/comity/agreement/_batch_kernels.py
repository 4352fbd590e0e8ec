"""Compiled loops of `comity.agreement.batch`: matrix games, lottery Nash bargaining, rounds."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np
from numba import njit

TOLERANCE = 1e-9
NEGLIGIBLE = 1e-9
AGREED, REFUSED, NO_GAIN = 0, 1, 2


@njit(cache=True)
def matrix_game(
    table: np.ndarray,
    transpose: bool,
    tableau: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    strategy: np.ndarray,
) -> float:
    """Return the maximin value of one player's payoffs and write its strategy.

    ``table`` is shape (r, c), and the player picks rows, or columns where ``transpose``. The
    others are the scratch memory of the simplex method on ``max 1.y : A y <= 1`` with A scaled to
    [1, 2], whose optimum is 1 / value and whose duals are the strategy (Dantzig 1951).
    """
    m, n = table.shape
    low, high = table.min(), table.max()
    scale = high - low if high > low else 1.0
    if transpose:
        m, n = n, m
    for i in range(m):
        for j in range(n):
            entry = table[j, i] if transpose else table[i, j]
            tableau[i, j] = (entry - low) / scale + 1.0
        tableau[i, n] = 1.0
        rows[i] = n + i
    for j in range(n):
        tableau[m, j] = -1.0
        columns[j] = j
    tableau[m, n] = 0.0
    _simplex(tableau, rows, columns, m, n)
    total = tableau[m, n]
    strategy[:m] = 0.0
    for j in range(n):
        if columns[j] >= n:
            strategy[columns[j] - n] = max(tableau[m, j], 0.0) / total
    return (1.0 / total - 1.0) * scale + low


@njit(cache=True)
def _simplex(tableau: np.ndarray, rows: np.ndarray, columns: np.ndarray, m: int, n: int) -> None:
    """Pivot to the optimum: steepest column first, lowest label (Bland 1977) after many steps."""
    for step in range(1000):
        bland = step > 50
        enter, best = -1, -1e-12
        for j in range(n):
            cost = tableau[m, j]
            if bland:
                if cost < -1e-12 and (enter < 0 or columns[j] < columns[enter]):
                    enter = j
            elif cost < best:
                enter, best = j, cost
        if enter < 0:
            return
        leave, ratio = -1, np.inf
        for i in range(m):
            entry = tableau[i, enter]
            if entry > 1e-12:
                quotient = tableau[i, n] / entry
                if quotient < ratio or (quotient == ratio and rows[i] < rows[leave]):
                    leave, ratio = i, quotient
        _pivot(tableau, m, n, leave, enter)
        rows[leave], columns[enter] = columns[enter], rows[leave]


@njit(cache=True)
def _pivot(tableau: np.ndarray, m: int, n: int, leave: int, enter: int) -> None:
    """Exchange a row and a column of a condensed tableau."""
    inverse = 1.0 / tableau[leave, enter]
    for j in range(n + 1):
        if j != enter:
            tableau[leave, j] *= inverse
    for i in range(m + 1):
        if i != leave:
            factor = tableau[i, enter]
            if factor != 0.0:
                for j in range(n + 1):
                    if j != enter:
                        tableau[i, j] -= factor * tableau[leave, j]
                tableau[i, enter] = -factor * inverse
    tableau[leave, enter] = inverse


@njit(cache=True)
def nash_lottery(
    x: np.ndarray, y: np.ndarray, d0: float, d1: float
) -> tuple[int, int, float, float]:
    """Return (first, second, weight, product) of Nash's lottery over points (x, y) from (d0, d1).

    The answer is on an edge of the upper right hull, which is walked from the top by steepest
    next vertex; the product along the hull has one peak, so the walk stops there. The weight is
    that of the second point. No gain for anyone gives first = -1; a gain or loss below 1e-9 of a
    player's range counts as none. O(N h) for h edges walked.
    """
    at = _top(x, y)
    first, second, weight, product = -1, -1, 0.0, 0.0
    slack_x, slack_y = NEGLIGIBLE * _range(x, d0), NEGLIGIBLE * _range(y, d1)
    # Where one cannot gain, the other still may (weak dominance), and then at an end of the hull.
    a, b = x[at] - d0, y[at] - d1
    if a >= -slack_x and b >= -slack_y and (a > slack_x or b > slack_y):
        first, second, product = at, at, max(a, 0.0) * max(b, 0.0)
    while True:
        to = _next_vertex(x, y, at)
        if to < 0:
            return first, second, weight, product
        a, b, across, down = x[at] - d0, y[at] - d1, x[to] - x[at], y[to] - y[at]
        t = min(max(-(a * down + b * across) / (2 * across * down), 0.0), 1.0)
        gain_x, gain_y = a + t * across, b + t * down
        inside = gain_x >= -slack_x and gain_y >= -slack_y
        if inside and (gain_x > slack_x or gain_y > slack_y):
            if first < 0 or gain_x * gain_y > product:
                first, second, weight, product = at, to, t, gain_x * gain_y
            if t < 1.0:
                return first, second, weight, product
        at = to


@njit(cache=True)
def _range(values: np.ndarray, origin: float) -> float:
    low, high = origin, origin
    for value in values:
        low, high = min(low, value), max(high, value)
    return high - low


@njit(cache=True)
def _top(x: np.ndarray, y: np.ndarray) -> int:
    """Return the highest point, the right one of equals."""
    at = 0
    for k in range(1, len(x)):
        if y[k] > y[at] or (y[k] == y[at] and x[k] > x[at]):
            at = k
    return at


@njit(cache=True)
def _next_vertex(x: np.ndarray, y: np.ndarray, at: int) -> int:
    """Return the far end of the hull edge to the right, the furthest on a line; -1 at its end."""
    to, across, down = -1, 0.0, 0.0
    for k in range(len(x)):
        step = x[k] - x[at]
        if step > 0:
            rise = y[k] - y[at]
            turn = across * rise - down * step
            if to < 0 or turn > 0 or (turn == 0 and step > across):
                to, across, down = k, step, rise
    return to


@njit(cache=True)
def rounds(
    models: np.ndarray,
    reports: np.ndarray,
    gain_tolerance: float,
    distance_tolerance: float,
    status: np.ndarray,
    lottery: np.ndarray,
    weight: np.ndarray,
    payoffs: np.ndarray,
    common: np.ndarray,
    start: np.ndarray,
) -> None:
    """Run one round per entry of the batch and write what `comity.agreement.batch` returns.

    A tolerance of infinity leaves out its rule.
    """
    batch, _, _, r, c = models.shape
    size = max(r, c)
    scratch = np.empty((size + 1, size + 1)), np.empty(size, np.int64), np.empty(size, np.int64)
    own = np.empty((2, size))
    mean = np.empty((2, r, c))
    for k in range(batch):
        _mean(reports[k], mean)
        for i in range(2):
            start[k, i] = matrix_game(mean[i], i == 1, *scratch, own[i])
        first, second, share, _ = nash_lottery(
            mean[0].ravel(), mean[1].ravel(), start[k, 0], start[k, 1]
        )
        status[k] = NO_GAIN
        if first >= 0:
            lottery[k, 0], lottery[k, 1], weight[k] = first, second, share
            for i in range(2):
                payoffs[k, i] = _at(models[k, i, i], first, second, share)
                common[k, i] = _at(mean[i], first, second, share)
            status[k] = AGREED
            near = _distance(reports[k]) <= distance_tolerance + TOLERANCE
            if not (near and _all_gain(models[k], payoffs[k], gain_tolerance, scratch, own)):
                status[k] = REFUSED
        if status[k] != AGREED:
            _play_defaults(models[k], payoffs[k], scratch, own)


@njit(cache=True)
def _mean(pair: np.ndarray, mean: np.ndarray) -> None:
    for i in range(mean.shape[0]):
        for p in range(mean.shape[1]):
            for q in range(mean.shape[2]):
                mean[i, p, q] = pair[0, i, p, q] + 0.5 * (pair[1, i, p, q] - pair[0, i, p, q])


@njit(cache=True)
def _all_gain(
    views: np.ndarray,
    payoffs: np.ndarray,
    tolerance: float,
    scratch: tuple[np.ndarray, np.ndarray, np.ndarray],
    own: np.ndarray,
) -> bool:
    """Return whether each gets what its own model promises if all played safe in it."""
    if tolerance == np.inf:
        return True
    for i in range(2):
        for j in range(2):
            matrix_game(views[i, j], j == 1, *scratch, own[j])
        fallback = _mixed(views[i, i], own[0], own[1])
        if payoffs[i] < fallback - tolerance - TOLERANCE:
            return False
    return True


@njit(cache=True)
def _play_defaults(
    views: np.ndarray,
    payoffs: np.ndarray,
    scratch: tuple[np.ndarray, np.ndarray, np.ndarray],
    own: np.ndarray,
) -> None:
    """Write what each gets by its own model where each plays safe in its own model."""
    for i in range(2):
        matrix_game(views[i, i], i == 1, *scratch, own[i])
    for i in range(2):
        payoffs[i] = _mixed(views[i, i], own[0], own[1])


@njit(cache=True)
def _at(table: np.ndarray, first: int, second: int, share: float) -> float:
    c = table.shape[1]
    worth = table[first // c, first % c] * (1 - share)
    return worth + share * table[second // c, second % c]


@njit(cache=True)
def _mixed(table: np.ndarray, left: np.ndarray, right: np.ndarray) -> float:
    total = 0.0
    for p in range(table.shape[0]):
        for q in range(table.shape[1]):
            total += left[p] * table[p, q] * right[q]
    return total


@njit(cache=True)
def _distance(pair: np.ndarray) -> float:
    far = 0.0
    for i in range(pair.shape[1]):
        for p in range(pair.shape[2]):
            for q in range(pair.shape[3]):
                far = max(far, abs(pair[0, i, p, q] - pair[1, i, p, q]))
    return far
