"""It changes when it says, and is one party at a time."""

import dataclasses

import numpy as np

from agreement_situations import case_of, chicken
from comity.agreement import agree
from comity.agreement.parties import (
    Committed,
    Context,
    Exaggerating,
    Past,
    PolicySwitching,
    Silent,
)
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Talk


def test_it_yields_after_some_rounds_of_talk():
    case = scalar_case(0.5, 0.5, 0.5, 0.2)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=4))
    case = dataclasses.replace(case, constitution=rules)
    stubborn = PolicySwitching(first=Committed(9.0), rounds=3)
    agreement = agree(case, parties={"one": stubborn}, rng=0, misreports="none")
    assert agreement.status == "agreed"
    answers = [
        step["data"]["accepts"]
        for step in agreement.transcript
        if step["type"] == "decide" and step["data"]["party"] == "one"
    ]
    assert answers == [False, False, False, True]


def test_the_chance_of_switching_is_as_stated():
    case = case_of([chicken()] * 2, default="favourite-equilibrium")
    sometimes = PolicySwitching(then=Silent(), probability=0.3)
    statuses = [
        agree(case, parties={"A": sometimes}, rng=seed, misreports="none").status
        for seed in range(80)
    ]
    assert abs(statuses.count("declined") / 80 - 0.3) < 4 * np.sqrt(0.21 / 80)


def test_what_it_switched_to_it_stays():
    """If it reports as a liar it also decides and acts as one, on the same chance."""
    case = scalar_case(0.5, 0.5, 0.5, 0.3)
    liar = Exaggerating(1.0, facts=0.2)
    for seed in range(10):
        party = PolicySwitching(first=Committed(9.0), then=liar, probability=0.5, rounds=1)
        agreement = agree(case, parties={"one": party}, rng=seed, misreports="none")
        lied = not np.allclose(agreement.reports["one"].facts, 0.5)
        assert agreement.status == ("agreed" if lied else "refused")


def test_after_some_encounters_it_is_another_for_good():
    case = case_of([chicken()] * 2, default="favourite-equilibrium")
    party, past = PolicySwitching(then=Silent(), encounters=2), Past("agreed", {}, {})
    came = [
        party.report(Context(case.parties[0], case.constitution, (), 0, (past,) * met)) is not None
        for met in range(5)
    ]
    assert came == [True, True, False, False, False]
