"""Cognitive hierarchies against loops over levels, and at their edges."""

from math import exp, factorial

import numpy as np
import pytest

from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.procedures.cognitive_hierarchy import TOP, level_shares
from explaining import games, table

TABLES, SITUATIONS = games((3, 2), 4, seed=2)
PLAIN = explain("own-payoff", "poisson-hierarchy")
SPIKE = explain("own-payoff", "spike-poisson-hierarchy")


def soft(values, sensitivity):
    weights = np.exp(sensitivity * (values - values.max()))
    return weights / weights.sum()


def written_out(payoffs, sensitivity, mean, spike=0.0):
    shares = [exp(-mean) * mean**k / factorial(k) for k in range(TOP + 1)]
    shares = [(1 - spike) * s / sum(shares) for s in shares]
    shares[0] += spike
    firsts, seconds = [np.full(3, 1 / 3)], [np.full(2, 1 / 2)]
    for level in range(1, TOP + 1):
        below = np.array(shares[:level]) / sum(shares[:level])
        first = sum(w * s for w, s in zip(below, firsts, strict=True))
        second = sum(w * s for w, s in zip(below, seconds, strict=True))
        firsts.append(soft(payoffs[0] @ second, sensitivity))
        seconds.append(soft(first @ payoffs[1], sensitivity))
    return sum(w * s for w, s in zip(shares, firsts, strict=True))


@pytest.mark.parametrize("mean", [0.4, 1.5, 3.0])
def test_poisson(mean):
    found = table(PLAIN, SITUATIONS, sensitivity=0.8, levels=mean)
    expected = [written_out(game, 0.8, mean) for game in TABLES]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("spike", [0.0, 0.3])
def test_spike(spike):
    found = table(SPIKE, SITUATIONS, sensitivity=0.8, levels=1.5, spike=spike)
    expected = [written_out(game, 0.8, 1.5, spike) for game in TABLES]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_shares_are_poisson():
    # Camerer, Ho and Chong (2004): at 1.5, 22% do not think and 33% think one step.
    shares = np.asarray(level_shares(1.5))
    np.testing.assert_allclose(shares[:3], [0.223, 0.335, 0.251], atol=5e-4)
    np.testing.assert_allclose(shares.sum(), 1, rtol=1e-6)


def test_nobody_thinks():
    found = table(PLAIN, SITUATIONS, sensitivity=5.0, levels=1e-9)
    np.testing.assert_allclose(found, np.full((4, 3), 1 / 3), rtol=1e-6)


def test_all_are_sure():
    found = table(PLAIN, SITUATIONS, sensitivity=1e4, levels=1.5)
    np.testing.assert_allclose(found.sum(axis=1), 1)
