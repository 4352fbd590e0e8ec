"""The scalar setting through the general machinery: combine, Nash bargaining, acceptance rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreement.settle import Table
from comity.agreement.studies.scalar import Scalar, scalar_case

estimates, biases = st.floats(0.35, 0.65), st.floats(-0.1, 0.25)

FIGURES = [
    # surplus, tolerance, bias of one, of two, gain rule, acceptance
    (0.5, 0.2, 0.0337, 0.0337, False, 0.970),
    (0.3, 0.2, 0.0435, 0.0435, False, 0.945),
    (0.1, 0.4, 0.1705, 0.1705, False, 0.798),
    (0.1, 0.4, 0.1161, 0.0, True, 0.882),
]


def one_round(first, second, bias_1, bias_2, surplus, tolerance, gain_rule=False):
    """One run in which party one overstates its share and party two its own."""
    case = scalar_case(first, second, surplus, tolerance, gain_rule=gain_rule)
    said = scalar_case(first + bias_1, second - bias_2, surplus).models
    return Table.of(case).settle(said)


@given(first=estimates, second=estimates, bias_1=biases, bias_2=biases, gain_rule=st.booleans())
def test_every_round_is_what_the_closed_form_says(first, second, bias_1, bias_2, gain_rule):
    """Accepted iff reports are close, and the mean report is no loss; worth share - own + S."""
    surplus, tolerance = 0.1, 0.15
    found = one_round(first, second, bias_1, bias_2, surplus, tolerance, gain_rule)
    distance = abs(first + bias_1 - second + bias_2)
    share = (first + bias_1 + second - bias_2) / 2
    gains = np.array([share - first + surplus, second - share + surplus])
    margins = [tolerance - distance, *(gains if gain_rule else ())]
    if min(map(abs, margins)) < 1e-6:
        return
    agreed = min(margins) > 0
    assert (found.status == "agreed") == agreed
    assert np.allclose(found.payoffs, gains if agreed else 0, atol=1e-9)


def simulated(draws, seed, surplus, tolerance, bias_1, bias_2, gain_rule, sd=0.05):
    """The share of rounds that end in agreement, and the mean gain of party one by the truth."""
    rng = np.random.default_rng(seed)
    accepted, gains = 0, 0.0
    for first, second in 0.5 + sd * rng.standard_normal((draws, 2)):
        found = one_round(first, second, bias_1, bias_2, surplus, tolerance, gain_rule)
        if found.status == "agreed":
            accepted += 1
            gains += found.payoffs[0] + first - 0.5
    return accepted / draws, gains / draws


@pytest.mark.parametrize("setting", FIGURES, ids=str)
def test_acceptance_in_a_few_rounds(setting):
    surplus, tolerance, bias_1, bias_2, gain_rule, accepted = setting
    draws = 200
    rate, _ = simulated(draws, 5, surplus, tolerance, bias_1, bias_2, gain_rule)
    assert abs(rate - accepted) <= 4 * np.sqrt(accepted * (1 - accepted) / draws)


@pytest.mark.slow
@pytest.mark.parametrize("setting", FIGURES, ids=str)
def test_acceptance_and_gain_in_many_rounds(setting):
    surplus, tolerance, bias_1, bias_2, gain_rule, accepted = setting
    draws = 3000
    rate, gain = simulated(draws, 6, surplus, tolerance, bias_1, bias_2, gain_rule)
    assert abs(rate - accepted) <= 4 * np.sqrt(accepted * (1 - accepted) / draws)
    expected = Scalar(0.05, surplus, tolerance, gain_rule).gains(bias_1, bias_2)[0]
    assert abs(gain - expected) <= 4 * surplus / np.sqrt(draws)
