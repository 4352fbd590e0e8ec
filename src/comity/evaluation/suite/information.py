"""One side has seen a sign of what is coming, the other has not."""

from __future__ import annotations

import numpy as np

from comity.cases import Case, Constitution, Party
from comity.evaluation.suite.family import Family
from comity.games import Game, Issue, Negotiation

PLAYERS = ("farmer", "insurer")
STATES = ("dry", "wet")
ISSUES = (Issue("crop", ("millet", "maize", "rice")), Issue("premium", ("0", "1", "2", "3", "4")))
RULES = Constitution(disagreement="no-deal", default="no-deal")
RIGHT = 0.9
"""Chance that the sign is right."""

LIKELY = 0.5
"""Of each state, before any sign."""


def draw(rng: np.random.Generator) -> tuple[Game, Case]:
    """Return a crop to choose and a premium to pay, where one of the two has seen a sign."""
    state = int(rng.random() < LIKELY)
    sign = state if rng.random() < RIGHT else 1 - state
    informed = int(rng.integers(2))
    tastes = _tastes(rng)
    reservation = rng.uniform(0.4, 1.0, 2)
    known = np.eye(2)[sign] * RIGHT + np.eye(2)[1 - sign] * (1 - RIGHT)
    priors = [known if i == informed else np.full(2, LIKELY) for i in range(2)]
    views = [_insurance(prior, tastes, reservation) for prior in priors]
    parties = tuple(Party(n, v) for n, v in zip(PLAYERS, views, strict=True))
    truth = _insurance(np.eye(2)[state], tastes, reservation)
    return truth, Case("A harvest", parties, RULES)


def _tastes(rng: np.random.Generator) -> np.ndarray:
    """Return what each crop and premium is worth in each state, shape (2, S, C)."""
    safe, better, best = rng.uniform(1.0, 1.5), rng.uniform(0.8, 1.6, 2), rng.uniform(0.2, 3.2, 2)
    crops = np.array([[safe, better[0], min(best)], [safe, better[1] + 0.8, max(best) + 0.5]])
    covered = rng.uniform(0.3, 0.7)
    premium = 0.3 * np.arange(5)
    farmer = np.hstack([covered + (1 - covered) * crops, np.tile(-premium, (2, 1))])
    insurer = np.hstack([covered * (crops - 1), np.tile(premium + 0.3, (2, 1))])
    return np.array([farmer, insurer])


def _insurance(prior: np.ndarray, tastes: np.ndarray, reservation: np.ndarray) -> Negotiation:
    return Negotiation(
        players=PLAYERS,
        issues=ISSUES,
        states=STATES,
        prior=prior,
        facts=np.zeros((0, 2, 8)),
        weights=np.zeros((2, 0)),
        tastes=tastes,
        reservation=reservation,
    )


INFORMATION = Family(
    "information",
    "Information",
    "inform",
    "Use what the other side alone has seen, without being led by what it only says.",
    2,
    draw,
    types=8,
)
