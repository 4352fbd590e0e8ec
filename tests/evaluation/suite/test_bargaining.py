"""A sale has deals that gain both, and deals that gain one at the cost of the other."""

import numpy as np

from comity.evaluation.suite.bargaining import BARGAINING


def gains(number):
    truth = BARGAINING.variant(number).truth
    return truth.payoff_points() - truth.reservation


def test_price_is_opposed_and_quality_is_a_fact():
    truth = BARGAINING.variant(0).truth
    buyer, seller = truth.tastes[:, 0, :4]
    assert np.all(np.diff(buyer) < 0)
    assert np.all(np.diff(seller) > 0)
    assert np.array_equal(np.flatnonzero(truth.facts[0, 0]), [8, 9, 10, 11])


def test_no_deal_is_sometimes_best_and_mostly_not():
    possible = [bool(np.any(np.all(gains(k) > 0, axis=1))) for k in range(100)]
    assert 0.7 < np.mean(possible) < 1


def test_each_would_have_deals_that_ruin_the_other():
    assert all(gains(k).min() < 0 < gains(k).max() for k in range(30))
