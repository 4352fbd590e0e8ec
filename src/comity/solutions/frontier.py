"""Pareto frontiers: undominated outcomes, and the corners of the frontier of lotteries."""

from __future__ import annotations

import numpy as np

from comity.core import Certified
from comity.games import Game, Negotiation
from comity.solutions.additive_frontier import (
    additive_hull,
    additive_undominated,
    most_undominated,
)
from comity.solutions.hull import hull_indices
from comity.solutions.results import Frontier
from comity.solutions.undominated import pareto_indices

COMPARED = "all outcomes were compared"
BY_ISSUE = "issue by issue: a deal with a dominated part is dominated"


def frontier(game: Game, *, lotteries: bool = True) -> Frontier:
    """Return the Pareto frontier of the outcomes of a game, or of lotteries over them.

    Parameters
    ----------
    game : any game.
    lotteries : whether lotteries count: for two players the corners of the upper hull.

    Additive negotiations without constraints are not listed, so that their size does not matter:
    for two parties the lottery frontier is exact at any size. Undominated deals are found issue by
    issue; where there are too many of them to hold, only a bound on their number is returned.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> frontier(dilemma).outcomes
    ((1, 0), (0, 0), (0, 1))
    """
    if isinstance(game, Negotiation) and game.form == "additive" and not game.constraints:
        if not lotteries:
            return _undominated_deals(game)
        if len(game.players) == 2:
            points, outcomes = additive_hull(game)
            return Frontier(points, outcomes, "lotteries", True, most_undominated(game))
    points = game.payoff_points()
    undominated = pareto_indices(points)
    chosen = undominated
    if lotteries:
        chosen = undominated[hull_indices(points[undominated])]
    chosen = chosen[np.argsort(-points[chosen, 0], kind="stable")]
    return Frontier(
        points[chosen],
        tuple(game.outcome(int(k)) for k in chosen),
        "lotteries" if lotteries else "outcomes",
        True,
        Certified.exact(len(undominated), COMPARED),
    )


def _undominated_deals(game: Negotiation) -> Frontier:
    found = additive_undominated(game)
    if found is None:
        nothing = np.zeros((0, len(game.players)))
        return Frontier(nothing, (), "outcomes", False, most_undominated(game))
    points, deals, every = found
    order = np.lexsort((*deals.T[::-1], *-points.T[::-1]))
    outcomes = tuple(map(tuple, deals[order].tolist()))
    size = Certified.exact(len(points), BY_ISSUE) if every else most_undominated(game)
    return Frontier(points[order], outcomes, "outcomes", True, size)
