"""Chance is even over the options there are, and has no parameters."""

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from explaining import table


def test_even():
    situations = [Situation("abc", [[1, 0], [3, 0], [2, 0]]), Situation("ab", [[7, 0], [3, 1]])]
    explanation = explain("own-payoff", "random")
    assert explanation.parameters == ()
    np.testing.assert_allclose(table(explanation, situations), [[1 / 3] * 3, [1 / 2, 1 / 2, 0]])
