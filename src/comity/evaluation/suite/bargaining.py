"""Dividing several issues: mine, yours, and one where only the facts say what is worth doing."""

from __future__ import annotations

import numpy as np

from comity.cases import AcceptanceRule, Case, Constitution
from comity.evaluation.suite.family import Family, seen_by_all
from comity.games import Game, Issue, Negotiation

PLAYERS = ("buyer", "seller")
ISSUES = (
    Issue("price", ("low", "fair", "high", "very high")),
    Issue("delivery", ("now", "soon", "later", "late")),
    Issue("quality", ("plain", "good", "fine", "best")),
)
RULES = Constitution(
    acceptance=(AcceptanceRule("gain"), AcceptanceRule("public", "raw", 1.0)),
    disagreement="no-deal",
    default="no-deal",
)
NOISE = {"facts": 0.25, "tastes": 0.1}


def draw(rng: np.random.Generator) -> tuple[Game, Case]:
    """Return a sale: price is opposed, delivery can be traded, quality saves what both estimate."""
    cells = [len(issue.options) for issue in ISSUES]
    steps = np.linspace(0, 1, cells[0])
    price, speed = rng.uniform(0.6, 1.2, 2), rng.uniform(0.2, 0.9, 2)
    tastes = np.array(
        [
            np.concatenate([price[0] * (1 - steps), speed[0] * (1 - steps), np.zeros(4)]),
            np.concatenate([price[1] * steps, speed[1] * steps, -rng.uniform(0.2, 0.5) * steps]),
        ]
    )
    savings = np.concatenate([np.zeros(8), np.sort(rng.uniform(0, 1.2, 4))])
    weights = np.array([[rng.uniform(0.6, 1.2)], [rng.uniform(0.0, 0.4)]])
    truth = Negotiation(
        players=PLAYERS,
        issues=ISSUES,
        prior=np.ones(1),
        quantities=("savings by quality",),
        facts=savings[None, None, :],
        weights=weights,
        tastes=tastes[:, None, :],
        reservation=rng.uniform(0.5, 1.1, 2),
    )
    return truth, seen_by_all("A sale", truth, NOISE, RULES, rng)


BARGAINING = Family(
    "bargaining",
    "Bargaining",
    "bargain",
    "Trade what matters less to oneself for what matters more, and know when no deal is better.",
    2,
    draw,
)
