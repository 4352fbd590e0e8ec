"""Simple guilt against its formula, and against the equilibrium of a trust game."""

import numpy as np

from comity.inference.explanations.motives.guilt import GUILT
from explaining import slopes, some_payoffs, utility


def test_formula_for_two_others():
    payoffs = some_payoffs((30, 3), seed=2)
    expected = [a - 0.8 * (max(6 - b, 0) + max(6 - c, 0)) for a, b, c in payoffs]
    found = utility(GUILT, payoffs, beliefs={"expected_payoff": 6.0}, guilt=0.8)
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_expectations_may_differ_by_option():
    payoffs = [[[10.0, 0.0]], [[10.0, 0.0]]]
    found = utility(GUILT, payoffs, beliefs={"expected_payoff": [[0.0], [4.0]]}, guilt=0.5)
    np.testing.assert_array_equal(found, [[10.0], [8.0]])


def test_trust_is_honoured_from_a_guilt_of_one():
    # A unit kept from one who expects it costs one unit of guilt: below 1 one keeps, above one
    # gives what is expected and no more.
    given = np.arange(11.0)
    payoffs = np.stack([10 - given, given], axis=-1)
    best = [
        int(np.argmax(utility(GUILT, payoffs, beliefs={"expected_payoff": 6.0}, guilt=g)))
        for g in (0.9, 1.1)
    ]
    assert best == [0, 6]


def test_slope():
    found = slopes(GUILT, [[5.0, 2.0], [5.0, 6.0]], beliefs={"expected_payoff": 6.0}, guilt=0.3)
    assert found == {"guilt": -4.0}
