"""Games of two actions each, in which acting alone on different views ends badly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comity.cases import AcceptanceRule, Case, Constitution
from comity.evaluation.suite.family import Family, seen_by_all
from comity.games import Game, NormalForm

PLAYERS = ("north", "south")
ACTIONS = (("yield", "press"),) * 2
RULES = Constitution(
    acceptance=(AcceptanceRule("gain"), AcceptanceRule("public", "raw", 2.5)),
    enforcement="self-enforcing",
    default="favourite-equilibrium",
    disagreement="maximin",
)
NOISE = {"facts": 0.35}


def _chicken(rng: np.random.Generator) -> np.ndarray:
    """Make pressing together a crash, and pressing alone best."""
    lose, crash = rng.uniform(-1, 0, 2), rng.uniform(-4, -2, 2)
    win = rng.uniform(1, 2.5, 2)
    one = [[0, lose[0]], [win[0], crash[0]]]
    two = [[0, win[1]], [lose[1], crash[1]]]
    return np.array([one, two])


def _stag_hunt(rng: np.random.Generator) -> np.ndarray:
    """Make yielding together best, and yielding alone worst (Rousseau 1755)."""
    best, alone, safe = rng.uniform(2, 3, 2), rng.uniform(-2, -1, 2), rng.uniform(0.3, 1, 2)
    one = [[best[0], alone[0]], [safe[0] + 0.3, safe[0]]]
    two = [[best[1], safe[1] + 0.3], [alone[1], safe[1]]]
    return np.array([one, two])


def _battle(rng: np.random.Generator) -> np.ndarray:
    """Make either action do if both take it, each with its own favourite."""
    mine, yours = rng.uniform(1.5, 2.5, 2), rng.uniform(0.5, 1.2, 2)
    one = [[yours[0], -1], [-1, mine[0]]]
    two = [[mine[1], -1], [-1, yours[1]]]
    return np.array([one, two])


KINDS: tuple[Callable[[np.random.Generator], np.ndarray], ...] = (_chicken, _stag_hunt, _battle)


def draw(rng: np.random.Generator) -> tuple[Game, Case]:
    """Return a chicken, a stag hunt or a battle of the sexes, each equally likely."""
    table = KINDS[int(rng.integers(len(KINDS)))](rng)
    truth = NormalForm.from_payoffs(table, PLAYERS, ACTIONS, block="facts")
    return truth, seen_by_all("A dilemma", truth, NOISE, RULES, rng)


DILEMMAS = Family(
    "dilemmas",
    "Dilemmas",
    "dilemma",
    "Settle on one of several equilibria where acting alone on different views ends in a crash.",
    2,
    draw,
    self_enforcing=True,
)
