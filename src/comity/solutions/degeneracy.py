"""Whether a two-player game is nondegenerate, so that its equilibria are finitely many and odd.

A game is nondegenerate if no mixed strategy has more pure best replies than actions it uses. It is
enough to look at the corners of the two best-reply polytopes: none may meet more inequalities than
its dimension (von Stengel 2002, *Handbook of Game Theory* 3, theorem 2.7).
"""

from __future__ import annotations

import numpy as np

from comity.games import NormalForm

TIGHT = 1e-9
MOST_CORNERS = 200_000


def degeneracy(form: NormalForm) -> str:
    """Return why the game is degenerate or cannot be told not to be; empty if nondegenerate."""
    if min(form.shape) == 1:
        return _single_action(form)
    for player, table in enumerate((form.table[0], form.table[1].T)):
        if _corner_bound(*table.shape) > MOST_CORNERS:
            return "the best-reply polytopes have too many corners to check"
        if _has_crowded_corner(table):
            return f"the game is degenerate: {form.players[player]} has tied best replies"
    return ""


def _single_action(form: NormalForm) -> str:
    chooser = int(np.argmax(form.shape))
    payoffs = form.table[chooser].ravel()
    tied = np.sum(payoffs >= payoffs.max() - TIGHT * (np.ptp(payoffs) or 1.0)) > 1
    return f"the game is degenerate: {form.players[chooser]} has tied best replies" if tied else ""


def _corner_bound(rows: int, columns: int) -> float:
    """Return the largest number of corners of a polytope in ``columns`` dimensions (McMullen)."""
    from math import comb

    facets, half = rows + columns, columns // 2
    return comb(facets - (columns - half), half) + comb(facets - half - 1, columns - half - 1)


def _has_crowded_corner(table: np.ndarray) -> bool:
    """Whether a corner of ``{y >= 0, table y <= 1}`` meets more inequalities than dimensions."""
    from scipy.spatial import HalfspaceIntersection

    rows, columns = table.shape
    span = float(np.ptp(table)) or 1.0
    scaled = (table - table.min()) / span + 1.0
    halfspaces = np.vstack(
        [
            np.column_stack([scaled, -np.ones(rows)]),
            np.column_stack([-np.eye(columns), np.zeros(columns)]),
        ]
    )
    inside = np.full(columns, 0.25 / columns)
    corners = np.unique(
        np.round(HalfspaceIntersection(halfspaces, inside).intersections, 11), axis=0
    )
    tight = (scaled @ corners.T >= 1 - TIGHT).sum(axis=0) + (corners.T <= TIGHT).sum(axis=0)
    return bool((tight > columns).any())
