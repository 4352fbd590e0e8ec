"""Keeping a treaty that only inspections make worth keeping."""

from __future__ import annotations

import itertools

import numpy as np

from comity.cases import AcceptanceRule, Case, Constitution, Party
from comity.evaluation.suite.family import Family
from comity.games import Game, NormalForm

PLAYERS = ("red", "blue")
ACTIONS = ("keep", "keep and inspect", "cheat")
RULES = Constitution(
    acceptance=(AcceptanceRule("gain"), AcceptanceRule("public", "raw", 1.5)),
    enforcement="self-enforcing",
    default="favourite-equilibrium",
    disagreement="favourite-equilibrium",
)
SD = 0.1
"""Of each one's estimate of each of the five quantities below."""


def draw(rng: np.random.Generator) -> tuple[Game, Case]:
    """Return an inspection game with two inspectors (Avenhaus, von Stengel and Zamir 2002)."""
    true = np.array([rng.uniform(low, high) for low, high in QUANTITIES.values()])
    views = [
        _treaty(np.maximum(0.02, true + SD * rng.standard_normal(5) * SCALES)) for _ in PLAYERS
    ]
    parties = (Party(n, v, {"facts": np.array(SD)}) for n, v in zip(PLAYERS, views, strict=True))
    return _treaty(true), Case("A treaty", tuple(parties), RULES)


QUANTITIES = {
    "worth of the other's keeping": (1.5, 2.5),
    "gain from cheating unseen": (0.6, 1.2),
    "loss of one who is caught": (1.0, 2.0),
    "cost of inspecting": (0.02, 0.08),
    "gain of one who catches": (0.3, 0.5),
}
SCALES = np.array([(low + high) / 2 for low, high in QUANTITIES.values()])


def _treaty(amounts: np.ndarray) -> NormalForm:
    """Return the game with these five quantities, the same for both; who cheats cannot inspect."""
    table = np.zeros((2, 3, 3))
    for profile in itertools.product(range(3), repeat=2):
        for i in range(2):
            table[(i, *profile)] = _worth(profile[i], profile[1 - i], amounts)
    return NormalForm.from_payoffs(table, PLAYERS, (ACTIONS,) * 2, block="facts")


def _worth(own: int, other: int, amounts: np.ndarray) -> float:
    keeping, unseen, caught, cost, catching = amounts
    cheats, inspects = own == 2, own == 1
    cheated, inspected = other == 2, other == 1
    total = 0.0 if cheated else keeping
    if cheats:
        total += -caught if inspected else unseen
    if inspects:
        total += (catching if cheated else 0.0) - cost
    return float(total)


TREATIES = Family(
    "treaties",
    "Treaties",
    "treaty",
    "Keep a treaty that pays to break unseen, with inspections that nobody makes for nothing.",
    2,
    draw,
    self_enforcing=True,
)
