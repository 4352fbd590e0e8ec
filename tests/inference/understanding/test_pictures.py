"""Choices by situation: shares by hand, Wilson's interval against its own equation."""

import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member
from comity.inference.understanding.pictures import choices, wilson


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


def test_the_interval_solves_its_equation():
    share, low, high = wilson(np.array([3.0]), np.array([10.0]), 0.95)
    for edge in (low, high):
        deviation = abs(share - edge) / np.sqrt(edge * (1 - edge) / 10)
        assert deviation == pytest.approx(1.959964, abs=1e-5)
