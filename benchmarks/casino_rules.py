"""Every rule by which two campers can settle, run by comity on every pair of reports.

A camper's type is a ranking of food, water and firewood, worth 5, 4 and 3 points a package; no
deal is worth 5 (Chawla et al. 2021, *CaSiNo*, CC BY 4.0). A report is a ranking too, so all
6 x 6 pairs of reports are settled by the general protocol of `comity.agreement` and every lie is
tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations, product

import numpy as np
from casino_beliefs import RANKINGS

from comity.agreement.misreports.enumeration import (
    Enumeration,
    enumerate_reports,
    enumerate_utilities,
)
from comity.cases import Constitution
from comity.games import Negotiation
from comity.games.files.casino import PACKAGES, WALK_AWAY, WORTH, casino_game

PLAYERS = ("first camper", "second camper")
POINTS = tuple(WORTH.values())
TYPES = len(RANKINGS)


@dataclass(frozen=True)
class Rule:
    """A solution with what the constitution says of lotteries and ties."""

    concept: str
    lotteries: bool = False
    tie_break: str = "uniform"

    @property
    def name(self) -> str:
        """Return what tables call it."""
        over = "lotteries" if self.lotteries else "deals"
        ties = ", first of the tied" if self.tie_break == "first" else ""
        return f"{SHORT[self.concept]}, {over}{ties}"


SHORT = {
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}
NASH = Rule("nash")
UTILITARIAN = Rule("utilitarian")
RULES = (
    NASH,
    Rule("nash", tie_break="first"),
    Rule("nash", lotteries=True),
    Rule("kalai-smorodinsky"),
    Rule("kalai-smorodinsky", tie_break="first"),
    Rule("kalai-smorodinsky", lotteries=True),
    Rule("egalitarian"),
    Rule("egalitarian", lotteries=True),
    UTILITARIAN,
    Rule("utilitarian", tie_break="first"),
)


def constitution(rule: Rule) -> Constitution:
    """Return own tastes, no deal worth 5, and the default gain rule of acceptance."""
    return Constitution(
        solution=(rule.concept,),
        lotteries=rule.lotteries,
        tie_break=rule.tie_break,
        disagreement="no-deal",
        default="no-deal",
    )


def model(role: int, own: int, guess: int = 0) -> Negotiation:
    """Return the view of a camper of type `own` that takes the other to be of type `guess`."""
    kinds = (own, guess) if role == 0 else (guess, own)
    ranks = [dict(zip(WORTH, RANKINGS[kind], strict=True)) for kind in kinds]
    return casino_game(PLAYERS, ranks)


@cache
def enumeration(rule: Rule) -> Enumeration:
    types = {
        name: [model(role, kind) for kind in range(TYPES)] for role, name in enumerate(PLAYERS)
    }
    return enumerate_reports(types, constitution(rule))


def worth(found: Enumeration) -> np.ndarray:
    """Return points[role, true type, own report, the other's report], (2, 6, 6, 6)."""
    return np.stack([found.values[0], found.values[1].swapaxes(1, 2)])


@dataclass(frozen=True)
class Figures:
    """Points each under uniform beliefs, the mean of both roles."""

    honest: float
    interim: float
    ex_post: float


def figures(found: Enumeration) -> Figures:
    """Return what honesty gives and what the best lie gives by what the liar knows."""
    honest = float(np.mean([values.mean() for values in found.honest]))
    gains = [
        float(np.mean([found.gain(role, known).value for role in (0, 1)]))
        for known in ("interim", "ex post")
    ]
    return Figures(honest, honest + gains[0], honest + gains[1])


def opposed(points: np.ndarray) -> tuple[bool, float]:
    """Return whether lies pay only where one's first is the other's last, and the least belief.

    The belief is the probability of one ranking, the others sharing the rest equally, above which
    some lie pays a camper of the first type in the first role.
    """
    gain = points[0] - points[0][range(TYPES), range(TYPES)][:, None, :]
    pays = gain.max(axis=1) > 1e-9
    last_is_first = np.array([[a[0] == b[2] for b in RANKINGS] for a in RANKINGS])
    mine = gain[0]
    at = mine[:, pays[0]]
    mean = mine.mean(axis=1, keepdims=True)
    needed = np.where(at > 1e-9, -mean / np.where(at > 1e-9, at - mean, 1.0), np.inf).min(axis=0)
    return bool((pays <= last_is_first).all()), float((needed + (1 - needed) / TYPES).min())


@dataclass(frozen=True)
class Wider:
    """What a camper may claim beyond the six rankings, as (worth of each issue, of no deal)."""

    name: str
    claims: tuple[tuple[tuple[float, ...], float], ...]


RANKED = tuple(permutations(POINTS))
WIDER = (
    Wider("a ranking", ()),
    Wider(
        "5, 4 or 3 for each issue, ties allowed",
        tuple((v, WALK_AWAY) for v in product(POINTS, repeat=3)),
    ),
    Wider(
        "whole numbers that sum to 12",
        tuple((v, WALK_AWAY) for v in product(map(float, range(13)), repeat=3) if sum(v) == 12),
    ),
    Wider(
        "a ranking, and a walk-away worth 0 to 10",
        tuple(product(RANKED, map(float, range(11)))),
    ),
)


def wider_figures(claims: Wider, concept: str) -> Figures:
    """Return the first camper's figures where it may claim more and the other only ranks.

    A claim that no deal is worth d is the report of utilities lower by d - 5.
    """
    deals = np.array(list(product(range(PACKAGES + 1), repeat=len(POINTS))), dtype=float)
    stated = [(row, WALK_AWAY) for row in RANKED] + list(claims.claims)
    own = np.array([deals @ np.array(row) - (claim - WALK_AWAY) for row, claim in stated])
    others = np.array(RANKED) @ (PACKAGES - deals).T
    found = enumerate_utilities([own, others], [WALK_AWAY] * 2, concept=concept)
    true = found.values[0][:TYPES]
    honest = float(found.honest[0][:TYPES].mean())
    interim = float(true.mean(axis=2).max(axis=1).mean())
    return Figures(honest, interim, float(true.max(axis=1).mean()))
