"""Choices by situation: shares by hand, intervals against the equation that they solve."""

import numpy as np
import pytest
from scipy.stats import t

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member
from comity.inference.understanding.pictures import choices


def test_shares_and_predictions_by_hand():
    coins = tuple(Situation(("x", "y"), [[1, 0], [0, 0]], name=name) for name in ("a", "b"))
    evidence = Evidence(
        coins, ("p",), np.zeros(5, int), np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])
    )
    member = Member(explain("own-payoff"), {"sensitivity": 1.0})
    found = choices(evidence, [member], [member.predict(evidence)])
    assert found["situations"] == ["a", "b"]
    assert found["observed"] == pytest.approx(np.array([[2 / 3, 1 / 3], [0, 1]]))
    assert found["predicted"][member.name][:, 0] == pytest.approx(1 / (1 + np.exp(-1)))


def test_intervals_are_as_wide_as_people_who_repeat_themselves_are_few():
    coin = Situation(("x", "y"), [[1, 0], [0, 0]], name="a")
    firm = np.repeat([0, 1, 0, 0, 1, 0, 0, 1, 0, 0], 20)
    evidence = Evidence(
        (coin,), tuple("abcdefghij"), np.repeat(np.arange(10), 20), np.zeros(200, int), firm
    )
    found = choices(evidence, [], [])
    # Ten people who never waver are worth ten decisions: the t of 9 degrees in Wilson's equation.
    z, count = t.ppf(0.975, 9), 9.0
    for edge in (found["low"][0, 1], found["high"][0, 1]):
        assert abs(0.3 - edge) == pytest.approx(z * np.sqrt(edge * (1 - edge) / count), rel=1e-6)
    assert found["observed"][0].tolist() == pytest.approx([0.7, 0.3])
    assert found["low"][0] == pytest.approx(1 - found["high"][0, ::-1])
