"""Own payoff is what one gets, whoever one is."""

import numpy as np
import pytest

from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from explaining import some_payoffs, utility


@pytest.mark.parametrize("role", [0, 1, 2])
def test_it_is_the_payoff_of_the_role(role):
    payoffs = some_payoffs((4, 2, 3))
    np.testing.assert_array_equal(utility(OWN_PAYOFF, payoffs, role), payoffs[..., role])
