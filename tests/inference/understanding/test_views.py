"""From behaviour to a Case: tastes by hand, the road back through a file, and an agreement."""

import dataclasses

import numpy as np
import pytest

from comity.agreement import minimax_regret
from comity.cases import dumps, loads
from comity.core.errors import InputError
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member
from comity.inference.understanding.setting import setting_of
from comity.inference.understanding.views import case_with_views

COMMITTED = Member(explain("commitment"), {"threshold": 0.3, "sensitivity": 22.0})
BUILDER = Member(explain("reputation"), {"patience": 0.43, "sensitivity": 22.0})
OFFERS = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5])


@pytest.fixture(scope="module")
def understood(last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    return case_with_views(
        last_offer, "Responder", setting, [COMMITTED, BUILDER], np.array([0.4, 0.6])
    )


def test_tastes_by_hand(understood):
    proposer, responder = understood.parties
    built = np.stack([OFFERS, np.zeros(6)], axis=1)
    assert responder.model.table[1] == pytest.approx(built)
    assert proposer.model.table[1] == pytest.approx(built)
    (other,) = responder.alternatives
    assert (other.name, other.weight) == ("commitment x logit", 0.4)
    assert other.model.table[1] == pytest.approx(built + np.array([0, 0.3]))


def test_own_payoffs_stay(understood, last_offer):
    for new, old in zip(understood.parties, last_offer.parties, strict=True):
        assert new.model.table[0] == pytest.approx(old.model.table[0])


def test_it_is_a_file(understood):
    again = loads(dumps(understood))
    assert again.parties[1].alternatives[0].weight == pytest.approx(0.4)
    assert again.assumptions[-1].startswith("The tastes of Responder are what explanations")


def test_agreement_takes_it_from_there(understood):
    found = minimax_regret(understood, of=["Proposer"])
    assert len(found.members) == 2
    assert 0 < found.regret.value < 1


def test_the_same_tastes_are_one_view(last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    members = [BUILDER, Member(explain("own-payoff"), {"sensitivity": 1.0})]
    found = case_with_views(last_offer, "Responder", setting, members, np.array([0.5, 0.5]))
    assert found.parties[1].alternatives == ()
    assert "reputation x logit or own-payoff x logit" in found.assumptions[-1]


def test_at_the_same_time(last_offer):
    together = dataclasses.replace(last_offer.behaviour, moves="together")
    setting = setting_of(last_offer, together)
    found = case_with_views(last_offer, "Responder", setting, [COMMITTED], np.ones(1))
    assert found.parties[1].model.table[1] == pytest.approx(
        np.stack([OFFERS, np.full(6, 0.3)], axis=1)
    )


def test_facts_are_not_tastes(last_offer, repository):
    from comity.cases import load

    chicken = load(repository / "examples" / "chicken.toml")
    setting = setting_of(last_offer, last_offer.behaviour)
    with pytest.raises(InputError, match="payoffs stated as tastes"):
        case_with_views(chicken, "Column", setting, [COMMITTED], np.ones(1))
