"""Efficiency against its formula, and where its choices are known."""

import numpy as np

from comity.inference.explanations.motives.efficiency import EFFICIENCY
from explaining import some_payoffs, utility


def test_formula():
    payoffs = some_payoffs((30, 3), seed=7)
    expected = [0.6 * row[0] + 0.4 * sum(row) for row in payoffs]
    np.testing.assert_allclose(utility(EFFICIENCY, payoffs, weight=0.4), expected, rtol=1e-13)


def test_public_goods_are_given_to_where_the_return_to_others_is_worth_it():
    # A contribution of 1 costs 0.6 and gives 0.4 to each of three others: worth it from
    # weight x 1.2 > 0.6 on.
    payoffs = [[20.0, 20.0, 20.0, 20.0], [19.4, 20.4, 20.4, 20.4]]
    gains = [float(np.diff(utility(EFFICIENCY, payoffs, weight=w))[0]) for w in (0.49, 0.51)]
    assert gains[0] < 0 < gains[1]
