"""Attitudes to risk: certainty equivalents in closed form."""

import numpy as np
import pytest

from comity.inference.explanations.motives.risk import CARA, CRRA
from explaining import some_payoffs, utility


def test_only_one_s_own_payoff_counts():
    payoffs = some_payoffs((10, 2), low=0)
    changed = payoffs * [1, 3]
    for motive, value in ((CRRA, {"curvature": 0.6}), (CARA, {"aversion": 0.1})):
        np.testing.assert_array_equal(
            utility(motive, payoffs, **value), utility(motive, changed, **value)
        )


def test_relative_certainty_equivalent():
    # Even odds of 16 or 4 are worth ((sqrt 16 + sqrt 4) / 2)^2 = 9 to a curvature of a half.
    lottery = utility(CRRA, [[16.0, 0], [4.0, 0]], curvature=0.5).mean()
    assert lottery == pytest.approx(utility(CRRA, [[9.0, 0]], curvature=0.5)[0])


def test_absolute_certainty_equivalent():
    # Even odds of 10 or 0: -log((exp(-10 a) + 1) / 2) / a.
    aversion = 0.2
    worth = -np.log((np.exp(-10 * aversion) + 1) / 2) / aversion
    lottery = utility(CARA, [[10.0, 0], [0.0, 0]], aversion=aversion).mean()
    assert lottery == pytest.approx(utility(CARA, [[worth, 0]], aversion=aversion)[0])
