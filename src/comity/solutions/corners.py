"""Corners of best-reply polytopes, and the equilibria that pairs of them make.

Against column weights y the rows get ``table y``; the polytope ``{y >= 0, table y <= 1}`` of a
positive table has a corner wherever enough rows are best replies or enough columns are unused. Two
corners, one of each player's polytope, are an equilibrium if every action is unused or a best reply
(Mangasarian 1964; von Stengel 2002, *Handbook of Game Theory* 3, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

TIGHT = 1e-9
MOST_CORNERS = 20_000
BLOCK = 1_000


@dataclass(frozen=True)
class Corners:
    """The corners of one best-reply polytope but for the origin.

    Attributes
    ----------
    weights : shape (k, columns), rows not summing to 1.
    best : shape (k, rows), which rows are best replies.
    unused : shape (k, columns), which columns are not used.
    """

    weights: np.ndarray
    best: np.ndarray
    unused: np.ndarray

    @property
    def crowded(self) -> bool:
        """Whether a corner meets more inequalities than its dimension: a degenerate game."""
        meets = self.best.sum(axis=1) + self.unused.sum(axis=1)
        return bool((meets > self.weights.shape[1]).any())


def most_corners(rows: int, columns: int) -> int:
    """Return the largest number of corners that such a polytope can have (McMullen 1970)."""
    facets, half = rows + columns, columns // 2
    other = columns - half - 1
    return comb(facets - columns + half, half) + comb(facets - half - 1, other)


def corners(table: np.ndarray) -> Corners:
    """Return the corners of the polytope of a table, which is brought to [1, 2] first."""
    scaled = _to_unit(table)
    found = _intersections(scaled)
    used = found[found.max(axis=1) > TIGHT]
    weights = np.where(used > TIGHT, used, 0.0)
    return Corners(weights, weights @ scaled.T >= 1 - TIGHT, weights == 0)


def _to_unit(table: np.ndarray) -> np.ndarray:
    return (table - table.min()) / (float(np.ptp(table)) or 1.0) + 1.0


def _intersections(scaled: np.ndarray) -> np.ndarray:
    from scipy.spatial import HalfspaceIntersection

    rows, columns = scaled.shape
    if columns == 1:
        return np.array([[1 / scaled.max()]])
    halfspaces = np.vstack(
        [
            np.column_stack([scaled, -np.ones(rows)]),
            np.column_stack([-np.eye(columns), np.zeros(columns)]),
        ]
    )
    inside = np.full(columns, 0.25 / columns)
    found = HalfspaceIntersection(halfspaces, inside).intersections
    return np.unique(np.round(found, 11), axis=0)


def equilibrium_pairs(own: Corners, other: Corners) -> list[tuple[int, int]]:
    """Return the pairs of corners at which every action is unused or a best reply.

    ``own`` holds player 1's strategies, ``other`` player 2's.
    """
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(own.weights), BLOCK):
        block = slice(start, start + BLOCK)
        bad = (~own.unused[block]).astype(float) @ (~other.best).T.astype(float)
        bad += (~own.best[block]).astype(float) @ (~other.unused).T.astype(float)
        pairs += [(start + int(p), int(q)) for p, q in np.argwhere(bad == 0)]
    return pairs


def sharpened(table: np.ndarray, corner: Corners, place: int) -> np.ndarray:
    """Return the strategy at a corner, solved again from the rows that tie there."""
    rows, columns = corner.best[place], ~corner.unused[place]
    scaled = _to_unit(table)[np.ix_(rows, columns)]
    solved, *_ = np.linalg.lstsq(scaled, np.ones(int(rows.sum())), rcond=None)
    strategy = np.zeros(len(columns))
    strategy[columns] = np.clip(solved, 0, None)
    return strategy / strategy.sum()
