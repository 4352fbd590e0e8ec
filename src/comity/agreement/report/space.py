"""The payoff picture as data: every outcome at what it is worth to each party *by its own view*.

In these coordinates a lie moves the agreement but not the outcomes, and the gain rule is a corner:
everything right of and above what each expects without a deal is better for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.games import Game, Negotiation, NormalForm, Play
from comity.games.sums import MAX_LISTED

SHOWN = 400
"""Most dots that a picture shows."""

SWEEP = 33
"""Directions in which the frontier of a game that is too large to list is searched."""


@dataclass(frozen=True)
class Space:
    """What the payoff picture shows, in each party's own units.

    Attributes
    ----------
    names : the two parties, horizontal axis first.
    points : outcomes, shape (N, 2), thinned to at most `SHOWN`.
    frontier : corners of the frontier from the upper left to the lower right, shape (F, 2).
    lotteries : whether chance may lead anywhere on the straight lines between the corners.
    complete : whether `points` are all outcomes, up to thinning.
    """

    names: tuple[str, str]
    points: np.ndarray
    frontier: np.ndarray
    lotteries: bool
    complete: bool


def own_view(models: Mapping[str, Game]) -> Game:
    """Return the game in which each player's payoffs come from its own model.

    States are averaged by the same model's prior. Bystanders are left out.
    """
    first = next(iter(models.values()))
    rows = np.stack([_values(model)[i] for i, model in enumerate(models.values())])
    if isinstance(first, NormalForm):
        table = rows.reshape(-1, *first.shape)
        return NormalForm.from_payoffs(table, first.players, first.actions)
    assert isinstance(first, Negotiation)
    reservation = np.array([_reservation(model)[i] for i, model in enumerate(models.values())])
    return Negotiation(
        players=first.players,
        issues=first.issues,
        form=first.form,
        prior=np.ones(1),
        facts=np.zeros((0, 1, rows.shape[1])),
        weights=np.zeros((len(rows), 0)),
        tastes=rows[:, None, :],
        reservation=reservation,
        constraints=first.constraints,
    )


def _values(model: Game) -> np.ndarray:
    assert isinstance(model, NormalForm | Negotiation)
    return model.values


def _reservation(model: Game) -> np.ndarray:
    assert isinstance(model, Negotiation)
    return model.reservation


def own_payoffs(models: Mapping[str, Game], play: Play) -> np.ndarray:
    """Return what a play is worth to each party by its own model, shape (n,)."""
    return np.array([model.payoffs(play)[i] for i, model in enumerate(models.values())])


def payoff_space(
    models: Mapping[str, Game], pair: tuple[int, int] = (0, 1), lotteries: bool = True
) -> Space:
    """Return the outcomes and the frontier for two of the parties, each by its own view."""
    game = own_view(models)
    listable = game.size <= MAX_LISTED
    columns = list(pair)
    points = game.payoff_points()[:, columns] if listable else _searched(game, columns)
    corners = hull_frontier(points) if lotteries else pareto(points)
    names = (game.players[pair[0]], game.players[pair[1]])
    return Space(names, thinned(points), corners, lotteries, listable)


def _searched(game: Game, columns: Sequence[int]) -> np.ndarray:
    """Return points of the frontier, found by maximising weighted payoffs in many directions."""
    found = []
    for angle in np.linspace(0, np.pi / 2, SWEEP):
        weights = np.zeros(len(game.players))
        weights[columns] = np.cos(angle), np.sin(angle)
        found.append(game.best_plan(weights).payoffs[columns])
    return np.array(found)


def pareto(points: np.ndarray) -> np.ndarray:
    """Return the points that no other point beats for both, by rising first coordinate."""
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    kept, best = [], -np.inf
    for x, y in points[order]:
        if y > best + 1e-12:
            kept.append((x, y))
            best = y
    return np.array(kept[::-1])


def hull_frontier(points: np.ndarray) -> np.ndarray:
    """Return the corners of the upper right convex hull (Andrew 1979, monotone chain)."""
    corners: list[np.ndarray] = []
    for point in pareto(points):
        while len(corners) > 1 and _turn(corners[-2], corners[-1], point) >= -1e-12:
            corners.pop()
        corners.append(point)
    return np.array(corners)


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def thinned(points: np.ndarray, limit: int = SHOWN) -> np.ndarray:
    """Return at most ``limit`` points that look like all of them: one per cell of a fine grid."""
    unique = np.unique(points, axis=0)
    low, spread = unique.min(axis=0), np.ptp(unique, axis=0)
    spread[spread == 0] = 1
    cells = int(np.sqrt(len(unique))) + 1
    while len(unique) > limit:
        cells = min(cells - 1, 60) if cells > 60 else cells - 2
        grid = np.round((unique - low) / spread * cells).astype(int)
        _, first = np.unique(grid, axis=0, return_index=True)
        unique = unique[np.sort(first)]
    return unique
