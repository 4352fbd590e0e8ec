"""Tough while encounters are to come, and only then."""

import dataclasses

import pytest

from agreement_situations import case_of, chicken
from comity.agreement import agree, propose
from comity.agreement.parties import Context, Past, ReputationBuilding
from comity.agreement.parties.reputation_building import own_gain
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Talk

CASE = case_of([chicken()] * 2, default="favourite-equilibrium")


def answer(party, remaining, history=()):
    context = Context(CASE.parties[0], CASE.constitution, (), 0, history, remaining)
    return party.respond(context, propose(CASE.models, CASE.constitution))


# Nash bargaining from maximin gives A 1.75, and the crash that is its default gives it -5.
@pytest.mark.parametrize(
    ("demand", "remaining", "accepts"),
    [(6.75, 3, True), (6.76, 3, False), (6.76, 1, False), (6.76, 0, True), (99.0, 0, True)],
)
def test_the_end_decides(demand, remaining, accepts):
    found = answer(ReputationBuilding(demand), remaining)
    assert found.accepts is accepts
    assert ("at the end" in found.reasons[0]) is (remaining == 0)


def test_a_longer_horizon_yields_earlier():
    party = ReputationBuilding(99.0, horizon=3)
    assert [answer(party, left).accepts for left in range(5)] == [True, True, True, False, False]


def test_before_the_end_history_tells_it_from_nobody_committed():
    past = (Past("refused", {"A": False, "B": True}, {"A": "comply", "B": "comply"}),)
    assert not answer(ReputationBuilding(99.0), 1, past).accepts


def test_a_single_encounter_is_the_last():
    agreement = agree(CASE, parties={"A": ReputationBuilding(99.0)}, rng=0, misreports="none")
    assert agreement.status == "agreed"


def test_it_knows_that_delay_costs():
    """With a discount of 0.8 a round the play of half the pie is worth 0.8 as much."""
    case = scalar_case(0.5, 0.5, 0.5)
    models = {
        name: dataclasses.replace(model, discount=[0.8, 0.8]) for name, model in case.models.items()
    }
    context = Context(dataclasses.replace(case.parties[0], model=models["one"]), case.constitution)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=2))
    gains = [own_gain(context, propose(models, rules, delay=delay)) for delay in (0, 1, 2)]
    assert gains == pytest.approx([0.5, 0.4, 0.32])
