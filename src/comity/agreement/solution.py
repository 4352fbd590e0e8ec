"""The play that a constitution picks under a common model.

``binding``: bargaining over all outcomes and lotteries. ``self-enforcing``: only over plays that
nobody gains from breaking under the common model: correlated equilibria of a game (Aumann 1974),
or deals of a negotiation that nobody prefers to leave, draw by draw.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from comity.agreement.defaults import disagreement_point, pure_equilibrium_profiles
from comity.cases import Constitution
from comity.core import Certified
from comity.core.errors import InputError, Intractable
from comity.games import Constraint, Game, Issue, Lottery, Negotiation, NormalForm
from comity.games.issues import MAX_OPTIONS
from comity.games.plays import Outcome
from comity.solutions import CorrelatedSet, Solution, bargain, solve

BARGAINING = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
"""Notions that look at payoffs beyond best replies."""

EQUILIBRIA = ("best-equilibrium", "best-correlated-equilibrium")

LEAVING = 1e-9
"""A deal worth this little less than no deal, relative to its size, is not left."""


def choose_notion(constitution: Constitution, names: Sequence[str]) -> str | None:
    """Return the first notion of the constitution that every party accepts, or ``None``.

    A party that names no notion accepts any.
    """
    accepted = [constitution.acceptable.get(name) or constitution.solution for name in names]
    common = (s for s in constitution.solution if all(s in some for some in accepted))
    return next(common, None)


def apply_solution(
    common: Game,
    constitution: Constitution,
    notion: str | None = None,
    *,
    disagreement: np.ndarray | None = None,
) -> Solution:
    """Return the play that the constitution picks under the common model, with its proof.

    ``notion`` overrides the choice, ``disagreement`` (n,) the point. The status is ``no gain``
    where nothing improves on the disagreement point, which is an answer.
    """
    notion = notion or choose_notion(constitution, common.players)
    if notion is None:
        raise InputError(
            "there is no solution that all parties accept",
            place="constitution.acceptable",
            expected=f"one of {', '.join(constitution.solution)} in common",
        )
    point = disagreement_point(common, constitution) if disagreement is None else disagreement
    if isinstance(common, Negotiation):
        return _settle(common, constitution, notion, point)
    if notion in EQUILIBRIA:
        return _best_equilibrium(common, constitution, notion, point)
    if constitution.enforcement == "binding":
        return _bargain(common, constitution, notion, point)
    return _bargain_on_equilibria(common, constitution, notion, point)


def _bargain(
    over: Game | CorrelatedSet, constitution: Constitution, notion: str, point: np.ndarray
) -> Solution:
    return bargain(
        over,
        notion,
        point,
        lotteries=constitution.lotteries,
        tie_break=constitution.tie_break,
    )


def _best_equilibrium(
    common: Game, constitution: Constitution, notion: str, point: np.ndarray
) -> Solution:
    return solve(
        common,
        notion,
        disagreement=point,
        lotteries=constitution.lotteries,
        objective=constitution.objective,
        tie_break=constitution.tie_break,
    )


def _bargain_on_equilibria(
    common: Game, constitution: Constitution, notion: str, point: np.ndarray
) -> Solution:
    """Bargain over correlated equilibria; without lotteries over pure equilibria."""
    if constitution.lotteries:
        return _bargain(CorrelatedSet(common), constitution, notion, point)
    assert isinstance(common, NormalForm)
    outcomes = pure_equilibrium_profiles(common)
    payoffs = np.array([common.payoffs(Lottery.pure(outcome)) for outcome in outcomes])
    return _bargain_among(common.players, outcomes, payoffs, constitution, notion, point)


def _settle(
    common: Negotiation, constitution: Constitution, notion: str, point: np.ndarray
) -> Solution:
    """Bargain over deals; over those that nobody prefers to leave where no one enforces them."""
    notion_here = constitution.objective if notion in EQUILIBRIA else notion
    if constitution.enforcement == "binding" and notion not in EQUILIBRIA:
        return _bargain(common, constitution, notion, point)
    limits = common.reservation - LEAVING * np.maximum(1.0, np.abs(common.reservation))
    if common.size <= MAX_OPTIONS:
        points = common.payoff_points()
        kept = np.flatnonzero(np.all(points >= limits, axis=1))
        deals = [common.outcome(int(k)) for k in kept]
        solution = _bargain_among(
            common.players, deals, points[kept], constitution, notion_here, point
        )
    else:
        solution = _bargain(_staying(common, limits), constitution, notion_here, point)
    return dataclasses.replace(solution, concept=notion)


def _staying(common: Negotiation, limits: np.ndarray) -> Negotiation:
    """Return the negotiation limited to deals that nobody leaves, for sets too large to list."""
    if common.form != "additive":
        raise Intractable(
            "the deals are too many to list", place="constitution.enforcement", found=common.size
        )
    stay = tuple(
        Constraint(-common.values[i], -float(limit), f"{common.players[i]} stays")
        for i, limit in enumerate(limits)
    )
    return dataclasses.replace(common, constraints=(*common.constraints, *stay))


def _bargain_among(
    players: Sequence[str],
    outcomes: Sequence[Outcome],
    payoffs: np.ndarray,
    constitution: Constitution,
    notion: str,
    point: np.ndarray,
) -> Solution:
    """Bargain over a list of outcomes with these payoffs, shape (m, n)."""
    if not outcomes:
        return _nothing(notion, point)
    choice = Issue("choice", tuple(str(k) for k in range(len(outcomes))))
    subset = Negotiation.tabulated(players, [choice], payoffs.T)
    return _renamed(_bargain(subset, constitution, notion, point), outcomes)


def _renamed(solution: Solution, outcomes: Sequence[Outcome]) -> Solution:
    """Return a solution over numbered choices in terms of the outcomes they stand for."""
    play = solution.play
    if isinstance(play, Lottery):
        play = Lottery(tuple(outcomes[o[0]] for o in play.outcomes), play.probabilities)
    ties = tuple(outcomes[o[0]] for o in solution.ties)
    return dataclasses.replace(solution, play=play, ties=ties)


def _nothing(notion: str, point: np.ndarray) -> Solution:
    """Return the answer that no play at all is self-enforcing."""
    nowhere = np.full(len(point), np.nan)
    gap = Certified.exact(0.0, "all outcomes were checked, and none is self-enforcing")
    return Solution(notion, "no gain", None, point.copy(), point, 0.0, gap, nowhere)
