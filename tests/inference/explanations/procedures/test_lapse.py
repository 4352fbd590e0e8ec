"""Logit with lapses is a mixture of logit and chance."""

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from explaining import table

LOGIT, LAPSE = explain("own-payoff", "logit"), explain("own-payoff", "logit-lapse")
SITUATIONS = [Situation("abc", [[1, 0], [3, 0], [2, 0]]), Situation("ab", [[7, 0], [3, 1]])]


def test_mixture():
    chance = np.array([[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0]])
    plain = table(LOGIT, SITUATIONS, sensitivity=1.3)
    found = table(LAPSE, SITUATIONS, sensitivity=1.3, lapse=0.2)
    np.testing.assert_allclose(found, 0.8 * plain + 0.2 * chance, rtol=1e-12)


def test_a_lapse_bounds_every_probability_from_below():
    found = table(LAPSE, SITUATIONS, sensitivity=1e4, lapse=0.03)
    np.testing.assert_allclose(found, [[0.01, 0.98, 0.01], [0.985, 0.015, 0]], rtol=1e-12)
