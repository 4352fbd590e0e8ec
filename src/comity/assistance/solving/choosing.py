"""Exactly where that is quick, by points where it is not."""

from __future__ import annotations

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import RATIONAL, Fixed, Procedure
from comity.assistance.solving.exact import solve_assistance
from comity.assistance.solving.points import solve_by_points
from comity.assistance.solving.results import Solved
from comity.core import SizeError

FEW_GOALS = 3
"""Goals up to which one who acts by a table is solved for exactly: its vectors do not merge."""


def solve_or_bound(game: AssistanceGame, procedure: Procedure = RATIONAL) -> Solved:
    """Return the exact solution where it is quick, else a plan by points with its bound."""
    if isinstance(procedure, Fixed) and len(game.goals) > FEW_GOALS:
        return solve_by_points(game, procedure)
    try:
        return solve_assistance(game, procedure)
    except SizeError:
        return solve_by_points(game, procedure)
