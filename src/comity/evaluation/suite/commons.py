"""Three who harvest one stock, and estimate differently what will be left of it."""

from __future__ import annotations

import itertools

import numpy as np

from comity.cases import AcceptanceRule, Case, Constitution, Party
from comity.evaluation.suite.family import Family
from comity.games import Game, NormalForm

PLAYERS = ("east", "west", "coast")
LEVELS = ("little", "some", "much")
HARVEST = np.array([0.0, 1.0, 2.0])
RULES = Constitution(
    acceptance=(AcceptanceRule("gain"), AcceptanceRule("public", "raw", 3.0)),
    default="maximin",
    disagreement="maximin",
)
SD = 0.15
"""Of each one's estimate of the growth rate."""


def draw(rng: np.random.Generator) -> tuple[Game, Case]:
    """Return a fishery: own catch is worth more today, what is left grows and is shared."""
    growth = rng.uniform(0.5, 0.8)
    care = rng.uniform(0.7, 1.1, 3)
    views = [_fishery(max(0.0, growth + SD * rng.standard_normal()), care) for _ in PLAYERS]
    taken = _taken()
    sure = {"facts": SD * (2 * len(PLAYERS) - taken)}
    parties = (Party(n, view, sure) for n, view in zip(PLAYERS, views, strict=True))
    return _fishery(growth, care), Case("A fishery", tuple(parties), RULES)


def _taken() -> np.ndarray:
    """Return the whole catch of each profile, in C order, shape (27,)."""
    return np.array([sum(c) for c in itertools.product(HARVEST, repeat=len(PLAYERS))])


def _fishery(growth: float, care: np.ndarray) -> NormalForm:
    """Return the fishery: each unit left, of 6, grows by a factor to what all fish later."""
    catches = np.array(list(itertools.product(HARVEST, repeat=len(PLAYERS)))).T
    left = growth * (2 * len(PLAYERS) - _taken())
    return NormalForm(
        players=PLAYERS,
        actions=(LEVELS,) * len(PLAYERS),
        prior=np.ones(1),
        quantities=("fish later",),
        facts=left[None, None, :],
        weights=care[:, None],
        tastes=catches[:, None, :],
    )


COMMONS = Family(
    "commons",
    "Commons",
    "commons",
    "Hold back together where each alone would take, with three parties and a shared estimate.",
    3,
    draw,
    types=2,
)
