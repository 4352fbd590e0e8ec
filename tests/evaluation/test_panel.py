"""Partners are what the table says they are."""

import numpy as np
import pytest

from comity.agreement.parties import Honest, PartyBehaviour, Past
from comity.evaluation.encounter import Stage
from comity.evaluation.panel import DEMAND, ENCOUNTERS, PANEL, most
from comity.evaluation.suite import SUITE


@pytest.mark.parametrize("name", PANEL)
@pytest.mark.parametrize("family", SUITE)
def test_every_partner_sits_at_every_table(name, family):
    case = SUITE[family].variant(0).case
    behaviour = PANEL[name].make(case.parties[0], case.constitution, 1)
    assert isinstance(behaviour, PartyBehaviour)


def test_the_most_a_party_could_gain_is_a_search_over_outcomes():
    case = SUITE["bargaining"].variant(2).case
    party = case.parties[1]
    model = party.model
    best = 0.0
    for point in model.payoff_points():
        if point[0] >= model.reservation[0]:
            best = max(best, point[1] - model.reservation[1])
    assert most(party, case.constitution) == pytest.approx((model.reservation[1], best))


def test_the_committed_one_gets_its_demand_or_nothing():
    for k in range(12):
        stage = Stage(SUITE["bystanders"].variant(k))
        case = stage.variant.case
        party = case.parties[1]
        partner = PANEL["committed"].make(party, case.constitution, 0)
        met = stage.meet({"mill": Honest(), "town": partner}, stage.contexts())
        if met.status == "agreed":
            play = stage._propose(case.models, 0).solution.play
            default, top = most(party, case.constitution)
            worth = float(party.model.payoffs(play)[1]) - default
            assert worth >= DEMAND * top - 1e-9
        else:
            assert np.allclose(met.gains, 0)


@pytest.mark.parametrize("name", [n for n, p in PANEL.items() if p.mixture])
def test_a_partner_that_changes_mixes_fixed_policies_of_the_panel(name):
    for e in range(ENCOUNTERS):
        mixture = PANEL[name].mixture(e)
        assert sum(mixture.values()) == pytest.approx(1)
        assert all(PANEL[component].mixture is None for component in mixture)


def test_the_one_handed_over_is_the_policy_that_its_mixture_names():
    case = SUITE["bargaining"].variant(0).case
    party, rules = case.parties[0], case.constitution
    handed = PANEL["handed-over"].make(party, rules, 0)
    stage = Stage(SUITE["bargaining"].variant(0))
    past = Past("agreed", {}, {})
    proposal = stage._propose(case.models, 0)
    for e in range(ENCOUNTERS):
        (component,) = PANEL["handed-over"].mixture(e)
        context = stage.contexts((past,) * e, ENCOUNTERS - 1 - e)[party.name]
        fixed = PANEL[component].make(party, rules, 0)
        assert handed.respond(context, proposal) == fixed.respond(context, proposal)


def test_the_kinds_that_were_asked_for_are_there():
    wanted = {
        "honest", "cautious", "exaggerating", "best-responding", "committed",
        "reputation-building", "fickle", "handed-over", "silent", "spiteful",
    }  # fmt: skip
    assert set(PANEL) == wanted
    assert {name for name, p in PANEL.items() if p.threatens} >= {"committed", "spiteful"}
