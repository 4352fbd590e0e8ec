"""One door to every solution concept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from comity.core import check_choice
from comity.games import Game
from comity.solutions.bargain import CONCEPTS as BARGAINING
from comity.solutions.bargain import TieBreak, bargain
from comity.solutions.best_equilibrium import best_equilibrium
from comity.solutions.correlated import correlated_equilibrium
from comity.solutions.equilibria import mixed_equilibria, pure_equilibria
from comity.solutions.frontier import frontier
from comity.solutions.maximin import maximin_play, maximin_point
from comity.solutions.objectives import Objective
from comity.solutions.results import Equilibria, Frontier, Solution

Answer = Solution | Equilibria | Frontier

_DIRECT: dict[str, Callable[..., Answer]] = {
    "pure-equilibria": lambda game, **_: pure_equilibria(game),
    "mixed-equilibria": lambda game, **_: mixed_equilibria(game),
    "maximin": lambda game, **_: maximin_play(game),
    "correlated-equilibrium": lambda game, objective, **_: correlated_equilibrium(game, objective),
    "coarse-correlated-equilibrium": lambda game, objective, **_: correlated_equilibrium(
        game, objective, coarse=True
    ),
    "best-correlated-equilibrium": lambda game, objective, **_: replace(
        correlated_equilibrium(game, objective), concept="best-correlated-equilibrium"
    ),
    "best-equilibrium": lambda game, objective, tie_break, **_: best_equilibrium(
        game, objective, tie_break=tie_break
    ),
    "frontier": lambda game, lotteries, **_: frontier(game, lotteries=lotteries),
}

CONCEPTS = (*_DIRECT, *BARGAINING)
"""Every concept that `solve` knows."""


def solve(
    game: Game,
    concept: str,
    *,
    disagreement: Sequence[float] | np.ndarray | None = None,
    lotteries: bool = True,
    objective: Objective = "utilitarian",
    tie_break: TieBreak = "uniform",
) -> Any:
    """Return what a solution concept says of a game, with its certificate.

    Parameters
    ----------
    game : the game.
    concept : one of `CONCEPTS`.
    disagreement : shape (n,), for the bargaining solutions; each one's security level if absent.
    lotteries : whether plays may be lotteries, for the bargaining solutions and the frontier.
    objective : ``utilitarian``, ``egalitarian`` or weights, for the best of several equilibria.
    tie_break : ``uniform`` lottery over ties, or the ``first`` in index order.

    Returns an `Equilibria`, a `Frontier` or a `Solution`.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> chicken = NormalForm.from_payoffs([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])
    >>> solve(chicken, "nash", disagreement=[-5, -5]).payoffs.round(2)
    array([ 4.33, -0.69])
    """
    if concept in BARGAINING:
        point = maximin_point(game) if disagreement is None else np.asarray(disagreement, float)
        return bargain(game, concept, point, lotteries=lotteries, tie_break=tie_break)
    check_choice(concept, CONCEPTS, "no such solution concept", "concept")
    return _DIRECT[concept](game, objective=objective, lotteries=lotteries, tie_break=tie_break)
