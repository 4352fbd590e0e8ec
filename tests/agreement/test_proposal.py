"""A proposal is what combining and solving give, after the delay."""

import dataclasses

import numpy as np

from agreement_situations import chicken, random_negotiation
from comity.agreement import apply_solution, combine, propose
from comity.agreement.proposal import delayed
from comity.cases import Constitution

RULES = Constitution(disagreement="no-deal", default="no-deal")


def test_it_is_the_solution_of_the_common_model(rng):
    reports = {name: random_negotiation(rng) for name in "AB"}
    proposal = propose(reports, RULES)
    expected = apply_solution(combine(reports, RULES), RULES)
    assert np.allclose(proposal.solution.payoffs, expected.payoffs)
    assert proposal.delay == 0


def test_delay_discounts_deals_and_no_deal_alike(rng):
    game = dataclasses.replace(
        random_negotiation(rng, reservation=0.1), discount=np.array([0.5, 0.9])
    )
    now, later = (propose(dict.fromkeys("AB", game), RULES, delay=k) for k in (0, 2))
    assert np.allclose(later.solution.payoffs, now.solution.payoffs * [0.25, 0.81])
    assert np.allclose(later.common.reservation, [0.025, 0.081])


def test_a_game_of_actions_does_not_lose_by_talk():
    assert delayed(chicken(), 3).table.tolist() == chicken().table.tolist()
