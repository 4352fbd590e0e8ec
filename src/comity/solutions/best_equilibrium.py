"""The best Nash equilibrium for an objective."""

from __future__ import annotations

import numpy as np

from comity.core import Certified, Intractable
from comity.games import Game, Lottery, MixedProfile, Play
from comity.solutions.bargain import TieBreak
from comity.solutions.equilibria import (
    mixed_equilibria,
    normal_form,
    payoff_spans,
    pure_equilibria,
)
from comity.solutions.objectives import Objective, score
from comity.solutions.payoff_sets import mixture
from comity.solutions.point import NEGLIGIBLE
from comity.solutions.results import Equilibria, Solution

PURE_ONLY = "only pure equilibria were looked at: mixed ones are found for two players"
DRAW = "a public draw among equally good equilibria, each of which nobody gains from leaving"


def best_equilibrium(
    game: Game, objective: Objective = "utilitarian", *, tie_break: TieBreak = "uniform"
) -> Solution:
    """Return the equilibrium that is best for an objective.

    Two players: pure and mixed equilibria; the gap is proved where the list is complete. More
    players: pure equilibria; raises `Intractable` where there is none.
    """
    form = normal_form(game)
    two = len(form.players) == 2
    found = mixed_equilibria(form) if two else pure_equilibria(form)
    if not found.profiles:
        raise Intractable("no equilibrium was found", place="best-equilibrium", found=found.claim)
    scores = score(found.payoffs, objective)
    tied = np.flatnonzero(scores >= scores.max() - NEGLIGIBLE * payoff_spans(form).sum())
    chosen = tied if tie_break == "uniform" else tied[:1]
    notes = (found.claim,) if two else (found.claim, PURE_ONLY)
    if len(chosen) > 1:
        notes = (*notes, DRAW)
    return Solution(
        "best-equilibrium",
        "optimal" if two and found.complete else "bound",
        _draw([found.profiles[k] for k in chosen]),
        found.payoffs[chosen].mean(axis=0),
        np.full(len(form.players), np.nan),
        float(scores[chosen[0]]),
        _gap(found, two),
        np.full(len(form.players), np.nan),
        tuple(p.outcomes[0] for p in map(_lottery, (found.profiles[k] for k in tied)) if p.is_pure),
        notes,
    )


def _gap(found: Equilibria, two: bool) -> Certified:
    if two and found.complete:
        return Certified.exact(0.0, found.claim)
    return Certified.unknown(found.claim if two else PURE_ONLY)


def _lottery(play: Play) -> Lottery:
    return play.to_lottery() if isinstance(play, MixedProfile) else play


def _draw(plays: list[Play]) -> Play:
    if len(plays) == 1:
        return plays[0]
    return mixture([_lottery(play) for play in plays], np.full(len(plays), 1 / len(plays)))
