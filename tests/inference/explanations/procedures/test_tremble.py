"""Tremble: the best option but for errors, shared where options tie."""

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from explaining import table

TREMBLE = explain("own-payoff", "tremble")
SITUATIONS = [
    Situation("abc", [[1, 0], [3, 0], [2, 0]]),
    Situation("abc", [[3, 0], [1, 0], [3, 9]]),
    Situation("ab", [[5, 0], [5, 1]]),
]


def test_shares():
    found = table(TREMBLE, SITUATIONS, error=0.3)
    expected = [[0.1, 0.8, 0.1], [0.45, 0.1, 0.45], [0.5, 0.5, 0.0]]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_no_error_no_chance():
    np.testing.assert_array_equal(table(TREMBLE, SITUATIONS, error=0.0)[0], [0, 1, 0])


def test_it_weighs_chances():
    # 4 for sure against 10 with chance 0.45 or 0.35.
    risky = [
        Situation("ab", [[[4, 0], [4, 0]], [[10, 0], [0, 0]]], contingencies=[p, 1 - p])
        for p in (0.45, 0.35, 0.5)
    ]
    np.testing.assert_allclose(table(TREMBLE, risky, error=0.2)[:, 0], [0.1, 0.9, 0.1])
