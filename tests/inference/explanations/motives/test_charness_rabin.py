"""Charness-Rabin and its reciprocal extension against the papers' equations written out."""

import numpy as np
import pytest

from comity.inference.explanations.motives.charness_rabin import BRUHIN_FEHR_SCHUNK, CHARNESS_RABIN
from comity.inference.explanations.motives.fehr_schmidt import FEHR_SCHMIDT
from explaining import some_payoffs, utility


def written_out(own, other, kind, unkind, alpha, beta, gamma=0.0, delta=0.0):
    behind, ahead = float(own < other), float(own > other)
    weight = alpha * behind + beta * ahead + gamma * kind + delta * unkind
    return (1 - weight) * own + weight * other


def test_distributional():
    payoffs = some_payoffs((40, 2))
    expected = [written_out(a, b, 0, 0, -0.2, 0.4) for a, b in payoffs]
    found = utility(CHARNESS_RABIN, payoffs, alpha=-0.2, beta=0.4)
    np.testing.assert_allclose(found, expected, rtol=1e-13)


@pytest.mark.parametrize(("kind", "unkind"), [(0, 0), (1, 0), (0, 1)])
def test_reciprocal_with_published_estimates(kind, unkind):
    # Bruhin, Fehr and Schunk (2019), session 1, one parameter set for all.
    theta = {"alpha": 0.0835, "beta": 0.2605, "gamma": 0.0717, "delta": -0.0417}
    payoffs = some_payoffs((40, 2), seed=3, low=100, high=1000)
    expected = [written_out(a, b, kind, unkind, **theta) for a, b in payoffs]
    history = {"kind": kind, "unkind": unkind}
    found = utility(BRUHIN_FEHR_SCHUNK, payoffs, history=history, **theta)
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_it_nests_fehr_schmidt():
    payoffs = some_payoffs((40, 3), seed=5)
    found = utility(CHARNESS_RABIN, payoffs, alpha=-0.6, beta=0.25)
    np.testing.assert_allclose(found, utility(FEHR_SCHMIDT, payoffs, alpha=0.6, beta=0.25))
