"""Cheating pays unseen and does not pay where it is inspected."""

import numpy as np
import pytest

from comity.evaluation.suite.treaties import ACTIONS, QUANTITIES, TREATIES, _treaty
from comity.solutions import pure_equilibria

KEEP, INSPECT, CHEAT = range(3)


@pytest.mark.parametrize("number", range(10))
def test_the_incentives(number):
    red = TREATIES.variant(number).truth.table[0]
    assert red[CHEAT, KEEP] > red[KEEP, KEEP] > red[INSPECT, KEEP] > red[CHEAT, INSPECT]
    assert red[CHEAT, CHEAT] > red[INSPECT, CHEAT] > red[KEEP, CHEAT]


@pytest.mark.parametrize("number", range(5))
def test_only_mutual_cheating_is_a_pure_equilibrium(number):
    found = pure_equilibria(TREATIES.variant(number).truth).profiles
    assert [play.outcomes for play in found] == [((CHEAT, CHEAT),)]


def test_payoffs_by_hand():
    game = _treaty(np.array([2.0, 1.0, 1.5, 0.05, 0.4]))
    assert len(ACTIONS) == 3
    assert len(QUANTITIES) == 5
    red, blue = game.table
    assert np.allclose(red, [[2, 2, 0], [1.95, 1.95, 0.35], [3, 0.5, 1]])
    assert np.allclose(blue, red.T)
