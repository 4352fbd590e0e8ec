"""Present bias: the formula, the reversal it is known for, and a budget's first-order condition."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.motives.present_bias import DISCOUNTING, PRESENT_BIAS
from explaining import slopes, utility

NOW_AND_LATER = {"delays": [0.0, 7.0, 42.0]}


def test_formula():
    payoffs = np.random.default_rng(0).uniform(0, 20, (25, 3))
    expected = [
        sum(
            (1.0 if day == 0 else 0.7) * np.exp(-0.5 * day / 365) * amount**0.9
            for day, amount in zip(NOW_AND_LATER["delays"], row, strict=True)
        )
        for row in payoffs
    ]
    found = utility(PRESENT_BIAS, payoffs, 0, NOW_AND_LATER, beta=0.7, rate=0.5, curvature=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_without_bias_it_is_discounting():
    payoffs = np.random.default_rng(1).uniform(0, 20, (25, 3))
    biased = utility(PRESENT_BIAS, payoffs, 0, NOW_AND_LATER, beta=1.0, rate=0.3, curvature=1.1)
    plain = utility(DISCOUNTING, payoffs, 0, NOW_AND_LATER, rate=0.3, curvature=1.1)
    np.testing.assert_array_equal(biased, plain)


@pytest.mark.parametrize(("first", "waits"), [(0.0, False), (30.0, True)])
def test_preferences_reverse_once_now_is_far_away(first, waits):
    # 10 soon or 12 a week after: taken at once when soon is now, waited for when it is not.
    history = {"delays": [first, first + 7]}
    soon, late = utility(
        PRESENT_BIAS, [[10.0, 0], [0, 12.0]], 0, history, beta=0.7, rate=0.1, curvature=1.0
    )
    assert (late > soon) == waits


def test_budget():
    # Of c_0 + c_k / gross = m the best allocation satisfies c_0 / c_k = (gross D)^(1 / (a - 1)).
    beta, rate, curvature, gross, delay = 0.9, 0.4, 0.8, 1.2, 35.0
    early = np.linspace(0, 20, 200_001)
    payoffs = np.stack([early, (20 - early) * gross], axis=-1)
    found = utility(
        PRESENT_BIAS, payoffs, 0, {"delays": [0, delay]}, beta=beta, rate=rate, curvature=curvature
    )
    best = payoffs[np.argmax(found)]
    factor = beta * np.exp(-rate * delay / 365)
    assert best[0] / best[1] == pytest.approx((gross * factor) ** (1 / (curvature - 1)), rel=1e-3)


def test_slopes_at_nothing():
    found = slopes(
        PRESENT_BIAS, [[0.0, 0.0, 0.0]], NOW_AND_LATER, beta=1.0, rate=0.0, curvature=1.0
    )
    assert found == {"beta": 0.0, "rate": 0.0, "curvature": 0.0}


def test_two_people_are_not_two_dates():
    situation = Situation(("keep", "share"), [[10, 0], [5, 5]])
    with pytest.raises(InputError, match="they are not dates"):
        explain("present-bias").check([situation])
    explain("present-bias").check([Situation(("a", "b"), [[1, 2], [2, 1]], delays=[0, 7])])
