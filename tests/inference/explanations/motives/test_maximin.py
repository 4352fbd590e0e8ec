"""Maximin against its formula, and where its choices are known."""

import numpy as np

from comity.inference.explanations.motives.maximin import MAXIMIN
from explaining import some_payoffs, utility


def test_formula():
    payoffs = some_payoffs((30, 4), seed=6)
    expected = [0.7 * row[1] + 0.3 * min(row) for row in payoffs]
    np.testing.assert_allclose(utility(MAXIMIN, payoffs, 1, weight=0.3), expected, rtol=1e-13)


def test_a_veil_of_ignorance_divides_evenly():
    given = np.arange(11.0)
    payoffs = np.stack([10 - given, given], axis=-1)
    assert int(np.argmax(utility(MAXIMIN, payoffs, weight=0.99))) == 5
    assert int(np.argmax(utility(MAXIMIN, payoffs, weight=0.49))) == 0
