"""Logit: odds are exponentials of differences, however steep."""

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from explaining import table

LOGIT = explain("own-payoff", "logit")
SITUATIONS = [Situation("abc", [[1, 0], [3, 0], [2, 0]]), Situation("ab", [[700, 0], [703, 1]])]


def test_odds():
    found = table(LOGIT, SITUATIONS, sensitivity=0.7)
    np.testing.assert_allclose(found[0, 1] / found[0, 0], np.exp(1.4))
    np.testing.assert_allclose(found[1], [1 / (1 + np.exp(2.1)), 1 / (1 + np.exp(-2.1)), 0])


def test_edges():
    np.testing.assert_allclose(table(LOGIT, SITUATIONS, sensitivity=0.0)[1], [0.5, 0.5, 0])
    np.testing.assert_array_equal(table(LOGIT, SITUATIONS, sensitivity=1e4)[1], [0, 1, 0])
