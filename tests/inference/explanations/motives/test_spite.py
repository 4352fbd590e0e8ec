"""Spite against its formula."""

import numpy as np
import pytest

from comity.inference.explanations.motives.spite import SPITE
from comity.inference.explanations.parameters import Parameter
from explaining import some_payoffs, utility


@pytest.mark.parametrize("role", [0, 2])
def test_formula(role):
    payoffs = some_payoffs((30, 3), seed=4)
    expected = [row[role] - 0.4 * np.delete(row, role).mean() for row in payoffs]
    np.testing.assert_allclose(utility(SPITE, payoffs, role, spite=0.4), expected, rtol=1e-13)


def test_it_burns_money_once_the_other_loses_enough():
    # Giving up 1 to take 4 from the other pays from a spite of 1/4 on.
    payoffs = [[10.0, 10.0], [9.0, 6.0]]
    gains = [float(np.diff(utility(SPITE, payoffs, spite=s))[0]) for s in (0.24, 0.26)]
    assert gains[0] < 0 < gains[1]


def test_it_is_not_kindness_in_disguise():
    (parameter,) = SPITE.parameters
    assert isinstance(parameter, Parameter)
    assert parameter.low == 0
