"""Inertia: a mixture of the option before and a fresh choice, whatever the others did."""

import numpy as np

from comity.inference.explanations.catalogue import explain
from explaining import games, rounds, table

_, (SITUATION,) = games((3, 2), 1, seed=8)
OWN = [2, 2, 0, 1, 0]
VALUES = {"sensitivity": 0.4, "inertia": 0.35}
FRESH = table(explain("own-payoff", "logit"), [SITUATION], sensitivity=0.4)[0]


def test_mixture():
    expected = [FRESH] + [0.65 * FRESH + 0.35 * np.eye(3)[own] for own in OWN[:-1]]
    for others in ([0, 1, 1, 0, 1], [-1] * 5):
        found = explain("own-payoff", "inertia").predict(VALUES, rounds(SITUATION, OWN, others))
        np.testing.assert_allclose(found, expected, rtol=1e-10)
