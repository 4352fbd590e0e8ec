"""Reinforcement and Roth-Erev learning against loops."""

import numpy as np

from comity.inference.explanations.catalogue import explain
from explaining import games, rounds

TABLES, (SITUATION,) = games((3, 2), 1, seed=8)
PAYOFFS = TABLES[0, 0]
RNG = np.random.default_rng(4)
PLAY = rounds(SITUATION, RNG.integers(0, 3, 25), RNG.integers(0, 2, 25))


def test_sums_with_logit():
    attraction, expected = np.zeros(3), []
    for own, other in zip(PLAY.choice, PLAY.others, strict=True):
        weights = np.exp(0.3 * (attraction - attraction.max()))
        expected.append(weights / weights.sum())
        attraction = 0.8 * attraction
        attraction[own] += PAYOFFS[own, other]
    found = explain("own-payoff", "reinforcement").predict({"sensitivity": 0.3, "decay": 0.8}, PLAY)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_propensities():
    # Erev and Roth (1998): rewards from the least on; a chosen option gets 1 - e of its reward,
    # each other one e / 2; all propensities shrink by the recency.
    strength, recency, experiment = 4.0, 0.1, 0.2
    rewards = PAYOFFS - PAYOFFS.min()
    propensity, expected = np.full(3, strength * rewards.mean() / 3), []
    for own, other in zip(PLAY.choice, PLAY.others, strict=True):
        expected.append(propensity / propensity.sum())
        propensity = (1 - recency) * propensity
        for k in range(3):
            share = 1 - experiment if k == own else experiment / 2
            propensity[k] += share * rewards[own, other]
    found = explain("own-payoff", "roth-erev").predict(
        {"strength": strength, "recency": recency, "experimentation": experiment}, PLAY
    )
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_a_forgotten_option_keeps_a_chance():
    # The first option always pays and all else is forgotten: shares stop at the least there is.
    play = rounds(SITUATION, np.zeros(25, int), np.zeros(25, int))
    found = explain("own-payoff", "roth-erev").predict(
        {"strength": 1.0, "recency": 0.999, "experimentation": 1e-9}, play
    )
    assert (found > 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)
