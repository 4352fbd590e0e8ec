"""The mill is worth more to both the larger it is, and hurts those downstream."""

import numpy as np

from comity.evaluation.suite.bystanders import BYSTANDER, BYSTANDERS
from comity.games import Lottery


def test_size_gains_the_mill_and_hurts_downstream():
    for k in range(20):
        truth = BYSTANDERS.variant(k).truth
        deals = [Lottery.pure((size, 0, 0)) for size in range(4)]
        assert truth.bystanders == (BYSTANDER,)
        assert np.all(np.diff([truth.payoffs(d)[0] for d in deals]) > 0)
        assert np.all(np.diff([truth.effects(d)[0] for d in deals]) < 0)


def test_a_filter_helps_downstream_at_the_cost_of_the_mill():
    truth = BYSTANDERS.variant(0).truth
    without, fine = (Lottery.pure((3, k, 0)) for k in (0, 2))
    assert truth.effects(fine)[0] > truth.effects(without)[0]
    assert truth.payoffs(fine)[0] < truth.payoffs(without)[0]
