"""Compiled security levels of two-player games: matrix games by the simplex method."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np

from comity.core.compiling import compiled

ROUNDING = 1e-12
PIVOTS_BEFORE_BLAND = 100


@compiled()
def workspace(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what `security` needs to work in, for games of at most this size."""
    size = max(rows, columns) + 1
    return np.empty((size, size)), np.empty(rows + columns, dtype=np.int64)


@compiled()
def security(
    game: np.ndarray, player: int, work: tuple[np.ndarray, np.ndarray], strategy: np.ndarray
) -> float:
    """Return a player's mixed maximin value in a game of shape (2, r, c); write its strategy."""
    if player == 0:
        return matrix_game(game[0], work, strategy)
    return matrix_game(game[1].T, work, strategy)


@compiled(error_model="numpy")
def matrix_game(
    matrix: np.ndarray, work: tuple[np.ndarray, np.ndarray], strategy: np.ndarray
) -> float:
    """Return the value of the zero-sum game in which rows maximise, and write their strategy.

    Where no saddle point tells, the value is 1 / max 1.y : A y <= 1, y >= 0 with A scaled to
    [1, 2], and the duals are the strategy (Dantzig 1951).
    """
    rows, columns = matrix.shape
    low, high, secure, safest = _safest_row(matrix)
    strategy[:rows] = 0.0
    if secure == _ceiling(matrix):
        strategy[safest] = 1.0
        return secure
    table, names = work
    span = high - low
    for i in range(rows):
        for j in range(columns):
            table[i, j] = (matrix[i, j] - low) / span + 1
        table[i, columns] = 1
    for j in range(columns):
        table[rows, j] = -1
    table[rows, columns] = 0
    for k in range(rows + columns):
        names[k] = k
    _simplex(table, names, rows, columns)
    total = table[rows, columns]
    for j in range(columns):
        if names[j] >= columns:
            strategy[names[j] - columns] = max(table[rows, j], 0.0) / total
    return (1 / total - 1) * span + low


@compiled()
def _safest_row(matrix: np.ndarray) -> tuple[float, float, float, int]:
    """Return least and largest entry, the largest of the rows' least entries, and its row."""
    low, high, secure, safest = np.inf, -np.inf, -np.inf, 0
    for i in range(matrix.shape[0]):
        worst = np.inf
        for j in range(matrix.shape[1]):
            worst, high = min(worst, matrix[i, j]), max(high, matrix[i, j])
        low = min(low, worst)
        if worst > secure:
            secure, safest = worst, i
    return low, high, secure, safest


@compiled()
def _ceiling(matrix: np.ndarray) -> float:
    """Return the least of the columns' largest entries."""
    ceiling = np.inf
    for j in range(matrix.shape[1]):
        best = -np.inf
        for i in range(matrix.shape[0]):
            best = max(best, matrix[i, j])
        ceiling = min(ceiling, best)
    return ceiling


@compiled(error_model="numpy")
def _simplex(table: np.ndarray, names: np.ndarray, rows: int, columns: int) -> None:
    """Pivot to the maximum of ``sum(y)`` subject to ``A y <= 1, y >= 0``, A positive.

    The condensed tableau holds A, the right-hand side in its last column and the negated prices
    in its last row. Largest price first, then Bland's rule (1977), which cannot cycle.
    """
    step = 0
    while True:
        q = _entering(table, names, rows, columns, step >= PIVOTS_BEFORE_BLAND)
        if q < 0:
            return
        p, least = -1, np.inf
        for i in range(rows):
            if table[i, q] > ROUNDING:
                ratio = table[i, columns] / table[i, q]
                if ratio < least or (ratio == least and names[columns + i] < names[columns + p]):
                    p, least = i, ratio
        if p < 0:
            table[rows, columns] = np.nan
            return
        _pivot(table, p, q, rows, columns)
        names[q], names[columns + p] = names[columns + p], names[q]
        step += 1


@compiled()
def _entering(table: np.ndarray, names: np.ndarray, rows: int, columns: int, bland: bool) -> int:
    best = -1
    for j in range(columns):
        if table[rows, j] < -ROUNDING and (
            best < 0
            or (bland and names[j] < names[best])
            or (not bland and table[rows, j] < table[rows, best])
        ):
            best = j
    return best


@compiled(error_model="numpy")
def _pivot(table: np.ndarray, p: int, q: int, rows: int, columns: int) -> None:
    """Exchange row p and column q of a condensed tableau."""
    inverse = 1 / table[p, q]
    for j in range(columns + 1):
        table[p, j] *= inverse
    table[p, q] = inverse
    for i in range(rows + 1):
        if i != p:
            factor = table[i, q]
            table[i, q] = 0.0
            for j in range(columns + 1):
                table[i, j] -= factor * table[p, j]
