"""What a family could yield at best: the unit of every gain.

Where it can be had the unit is the second best: the expected joint gain of the best mechanism in
which honesty is best and nobody wants to leave (Myerson 1979), on discretised types; without it the
cost of private information has no scale. It is out of reach where what a party knows has many sides
(bargaining) and where nobody enforces agreements. There the unit is the first best under full
information: the best outcome, or the best correlated equilibrium of the truth (Aumann 1974). The
figures rest on development variants, never on those that score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.agreement.defaults import play_payoffs
from comity.agreement.settle import Table
from comity.agreement.studies.simulation import Runs, Simulated
from comity.agreement.studies.types_of_truth import discretised_second_best, outcomes_worth_listing
from comity.core.errors import SolverError
from comity.evaluation.suite.family import Family, Variant
from comity.games import Lottery
from comity.solutions import solve

DRAWS = 1200


@dataclass(frozen=True)
class Yardstick:
    """The unit of one family.

    Attributes
    ----------
    kind : what it is.
    value : expected joint gain over the defaults, in payoffs.
    """

    kind: Literal["second-best", "first-best"]
    value: float


YARDSTICKS: dict[str, Yardstick] = {
    "bargaining": Yardstick("first-best", 0.798),
    "dilemmas": Yardstick("first-best", 4.1),
    "commons": Yardstick("second-best", 4.43),
    "treaties": Yardstick("first-best", 1.71),
    "information": Yardstick("second-best", 0.993),
    "bystanders": Yardstick("second-best", 1.146),
}
"""As `measure` gives them, to three digits."""


def measure(family: Family, draws: int = DRAWS) -> Yardstick:
    """Return the yardstick of a family from its development variants."""
    variants = [family.variant(k, split="development") for k in range(draws)]
    if not family.types:
        return Yardstick("first-best", float(np.mean([_best(family, v) for v in variants])))
    found = discretised_second_best(_simulated(variants), family.types)
    if found is None:
        raise SolverError("no second best was found", found=family.name)
    return Yardstick("second-best", found.welfare.value)


def _best(family: Family, variant: Variant) -> float:
    """Return the largest joint gain if all know the truth, and hold to it where nobody enforces."""
    fallback = play_payoffs(variant.truth, Table.of(variant.case).default).sum()
    if family.self_enforcing:
        found = solve(variant.truth, "best-correlated-equilibrium", objective="utilitarian")
        return max(0.0, float(found.payoffs.sum() - fallback))
    everyone = np.ones(family.parties)
    return max(0.0, variant.truth.best_plan(everyone).value - float(fallback))


def _simulated(variants: list[Variant]) -> Simulated:
    """Return draws in the form that the second best takes: truths, views, defaults."""
    listed = [Lottery.pure(o) for o in outcomes_worth_listing(variants[0].case)]
    worth = np.array([[v.truth.payoffs(play) for play in listed] for v in variants])
    views = [
        [np.concatenate([party.model.payoffs(play) for play in listed]) for party in v.case.parties]
        for v in variants
    ]
    fallback = np.array([play_payoffs(v.truth, Table.of(v.case).default) for v in variants])
    nothing = np.zeros(len(variants))
    runs = Runs(fallback, fallback, nothing, nothing > 0, nothing > 0)
    return Simulated(
        (runs,), np.zeros_like(fallback), nothing, np.array(views), np.moveaxis(worth, 1, 2)
    )
