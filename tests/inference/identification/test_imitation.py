"""Imitation: nested explanations coincide, others stop where a plain minimiser stops."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from comity.inference.evidence import Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member, one_decision_each
from comity.inference.identification.imitation import imitate

SITUATIONS = [
    Situation(("x", "y"), [[10, 0], [8, 8]]),
    Situation(("x", "y"), [[2, 9], [1, 1]]),
    Situation(("x", "y"), [[6, 1], [5, 9]]),
]
DESIGN = one_decision_each(SITUATIONS)
GENEROUS = Member(
    explain("charness-rabin", "logit"), {"alpha": 0.1, "beta": 0.4, "sensitivity": 0.8}
)
LOGIT = float(np.log(0.7 / 0.3))
SELFISH = Member(explain("own-payoff", "logit"), {"sensitivity": 0.8})


def test_a_special_case_is_imitated_exactly():
    found = imitate(SELFISH, explain("charness-rabin", "logit"), DESIGN)
    assert found.coincide
    assert found.per_decision == pytest.approx(0, abs=1e-10)
    assert found.rival.parameters["beta"] == pytest.approx(0, abs=1e-4)


def test_one_parameter_against_a_plain_minimiser():
    found = imitate(GENEROUS, explain("own-payoff", "logit"), DESIGN)
    truth = GENEROUS.predict(DESIGN)[:, 0]
    edge = np.array([s.payoffs[0, 0, 0] - s.payoffs[1, 0, 0] for s in SITUATIONS])

    def divergence(sensitivity):
        own = 1 / (1 + np.exp(-sensitivity * edge))
        return np.mean(truth * np.log(truth / own) + (1 - truth) * np.log((1 - truth) / (1 - own)))

    plain = minimize_scalar(divergence, bounds=(1e-6, 5), method="bounded", options={"xatol": 1e-9})
    assert found.per_decision == pytest.approx(plain.fun, abs=1e-6)
    assert found.per_decision <= plain.fun + 1e-10
    assert not found.coincide
    assert found.separating is SITUATIONS[int(np.argmax(found.divergence))]


def test_repeated_decisions_weigh_more():
    twice = DESIGN.subset(np.array([True, True, True]))
    often = one_decision_each([SITUATIONS[0]] * 8 + SITUATIONS[1:])
    once = imitate(GENEROUS, explain("own-payoff", "logit"), twice)
    many = imitate(GENEROUS, explain("own-payoff", "logit"), often)
    assert many.divergence[0] < once.divergence[0]


def test_sizes_are_those_of_two_coins():
    """Acceptance .50 against .70 takes 34 decisions on average, 62 for errors of 5% both ways."""
    coin = one_decision_each([Situation(("yes", "no"), [[1, 0], [0, 0]])])
    half, more = (Member(explain("own-payoff", "logit"), {"sensitivity": s}) for s in (1e-9, LOGIT))
    found = imitate(half, explain("own-payoff", "logit").with_fixed(sensitivity=LOGIT), coin)
    assert more.predict(coin)[0, 0] == pytest.approx(0.7)
    assert found.sizes() == pytest.approx((34.36, 62.11), abs=0.01)
