"""Pareto frontiers: undominated outcomes, and the corners of the frontier of lotteries."""

from __future__ import annotations

from itertools import pairwise
from math import prod

import numpy as np

from comity.core import Certified, Intractable
from comity.games import Game, Negotiation
from comity.games.plays import Outcome
from comity.solutions.results import Frontier

MOST_LISTED = 2_000_000
MOST_PROGRAMS = 5_000


def frontier(game: Game, *, lotteries: bool = True) -> Frontier:
    """Return the Pareto frontier of the outcomes of a game, or of lotteries over them.

    Parameters
    ----------
    game : any game.
    lotteries : whether lotteries count: for two players the corners of the upper hull.

    Two players: O(N log N). More: every outcome against the undominated ones so far. Two-party
    additive negotiations without constraints need no listing for lotteries, at any size; their
    undominated outcomes beyond two million are bounded, not listed.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> frontier(dilemma).outcomes
    ((1, 0), (0, 0), (0, 1))
    """
    separable = isinstance(game, Negotiation) and game.form == "additive" and not game.constraints
    if separable and lotteries and len(game.players) == 2:
        return additive_hull(game)  # type: ignore[arg-type]
    if separable and game.size > MOST_LISTED:
        return _bounded(game, lotteries)  # type: ignore[arg-type]
    points = game.payoff_points()
    indices = pareto_indices(points)
    count = Certified.exact(len(indices), "all outcomes were compared")
    kind = "outcomes"
    if lotteries:
        kind, indices = "lotteries", _hull(points, indices)
    indices = indices[np.argsort(-points[indices, 0], kind="stable")]
    outcomes = tuple(game.outcome(int(k)) for k in indices)
    return Frontier(points[indices], outcomes, kind, True, count)  # type: ignore[arg-type]


def pareto_indices(points: np.ndarray) -> np.ndarray:
    """Return the places of undominated points, rising; equal points are kept together.

    ``points`` has shape (N, n). A point is dominated if another is at least as good for all and
    better for one.
    """
    alive = _survivors(points)
    best = points[alive]
    keep = _staircase(best) if points.shape[1] == 2 else _against_all(best)
    return alive[keep]


def _survivors(points: np.ndarray) -> np.ndarray:
    """Return the places of points that a few good points do not dominate: most fall here."""
    alive = np.arange(len(points))
    n = points.shape[1]
    span = np.ptp(points, axis=0)
    unit = 1 / np.where(span > 0, span, 1)
    for mix in _directions(n):
        if len(alive) < 64:
            break
        kept = points[alive]
        judge = kept[int(np.argmax(kept @ (mix * unit)))]
        worse = (kept <= judge).all(axis=1) & (kept != judge).any(axis=1)
        if 20 * int(worse.sum()) < len(alive):
            break
        alive = alive[~worse]
    return alive


def _directions(n: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [np.full(n, 1 / n), *rng.dirichlet(np.full(n, 1.0), size=24)]


def _staircase(points: np.ndarray) -> np.ndarray:
    """Return which of these points in the plane are undominated."""
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    first, second = points[order].T
    highest = np.maximum.accumulate(second)
    before = np.concatenate([[-np.inf], highest[:-1]])
    new = second > before
    leader = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    equal = (first == first[leader]) & (second == second[leader])
    keep = np.zeros(len(points), dtype=bool)
    keep[order[new | equal]] = True
    return keep


def _against_all(points: np.ndarray) -> np.ndarray:
    """Return which of these points are undominated, for any number of players."""
    order = np.argsort(-points.sum(axis=1), kind="stable")
    keep = np.ones(len(points), dtype=bool)
    alive = order
    position = 0
    while position < len(alive):
        judge = points[alive[position]]
        kept = points[alive]
        worse = (kept <= judge).all(axis=1) & (kept != judge).any(axis=1)
        keep[alive[worse]] = False
        position += 1 - int(worse[:position].sum())
        alive = alive[~worse]
    return keep


def _hull(points: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """Return those undominated points that are corners of the frontier of lotteries."""
    distinct, first = np.unique(points[indices], axis=0, return_index=True)
    corners = upper_hull(distinct) if points.shape[1] == 2 else _extreme(distinct)
    return indices[np.sort(first[corners])]


def upper_hull(points: np.ndarray) -> np.ndarray:
    """Return the places of the corners of the upper hull of an undominated staircase.

    ``points`` has shape (N, 2) and is sorted by rising first payoff. O(N) (Andrew 1979).
    """
    corners: list[int] = []
    for k, point in enumerate(points):
        while len(corners) > 1 and _not_above(points[corners[-2]], points[corners[-1]], point):
            corners.pop()
        corners.append(k)
    return np.array(corners, dtype=int)


def _not_above(left: np.ndarray, middle: np.ndarray, right: np.ndarray) -> bool:
    rise, run = right - left, middle - left
    return bool(rise[0] * run[1] - rise[1] * run[0] <= 0)


def _extreme(points: np.ndarray) -> np.ndarray:
    """Return the places of points that no lottery over the others weakly dominates."""
    from scipy.optimize import linprog

    count = len(points)
    if count > MOST_PROGRAMS:
        raise Intractable(
            "too many undominated outcomes for the frontier of lotteries",
            place="frontier",
            found=count,
            expected=f"at most {MOST_PROGRAMS:,} for three players or more",
        )
    span = np.ptp(points, axis=0)
    scaled = (points - points.min(axis=0)) / np.where(span > 0, span, 1)
    kept = np.ones(count, dtype=bool)
    for k in range(count):
        others = kept.copy()
        others[k] = False
        if not others.any():
            break
        rest = scaled[others]
        found = linprog(
            np.append(np.zeros(len(rest)), -1.0),
            A_ub=np.column_stack([-rest.T, np.ones(points.shape[1])]),
            b_ub=-scaled[k],
            A_eq=np.append(np.ones(len(rest)), 0.0)[None, :],
            b_eq=np.ones(1),
            bounds=[(0, None)] * len(rest) + [(None, None)],
            method="highs",
        )
        kept[k] = found.x[-1] < -1e-10
    return np.flatnonzero(kept)


def additive_hull(game: Negotiation) -> Frontier:
    """Return the lottery frontier of a two-party additive negotiation of any size, exactly.

    The hull of a sum of sets is the sum of their hulls: the steps along every issue's upper hull,
    merged by slope, lead from the first party's best deal to the second's. O(options log options).
    """
    steps: list[tuple[float, int, int, np.ndarray]] = []
    deal: list[int] = []
    for issue, (start, count) in enumerate(zip(game.offsets, game.shape, strict=True)):
        values = game.values[:2, start : start + count].T
        path = _option_path(values)
        deal.append(int(path[0]))
        for before, after in pairwise(path):
            step = values[after] - values[before]
            steps.append((float(np.arctan2(step[1], -step[0])), issue, int(after), step))
    steps.sort(key=lambda item: (-item[0], item[1], item[2]))
    outcomes: list[Outcome] = [tuple(deal)]
    for k, (angle, issue, option, _) in enumerate(steps):
        deal[issue] = option
        if k + 1 == len(steps) or angle - steps[k + 1][0] > 1e-12:
            outcomes.append(tuple(deal))
    cells = np.array(outcomes) + game.offsets
    points = game.values[:2, cells].sum(axis=2).T
    return Frontier(points, tuple(outcomes), "lotteries", True, _additive_count(game))


def _option_path(values: np.ndarray) -> np.ndarray:
    """Return the corners of an issue's upper hull, from the first party's best option."""
    corners = _hull(values, pareto_indices(values))
    return corners[np.argsort(-values[corners, 0])]


def _additive_count(game: Negotiation) -> Certified:
    """Bound the undominated deals: each uses undominated options only."""
    rows = game.values[: len(game.players)]
    counts = [
        len(pareto_indices(rows[:, start : start + count].T))
        for start, count in zip(game.offsets, game.shape, strict=True)
    ]
    return Certified.upper(prod(counts), "product of the undominated options of each issue")


def _bounded(game: Negotiation, lotteries: bool) -> Frontier:
    n = len(game.players)
    kind = "lotteries" if lotteries else "outcomes"
    return Frontier(np.zeros((0, n)), (), kind, False, _additive_count(game))  # type: ignore[arg-type]
