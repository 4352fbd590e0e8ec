"""EWA against the authors' recursion, and the models that it nests."""

import numpy as np
import pytest

from comity.inference.explanations.catalogue import explain
from explaining import games, rounds

EWA = explain("own-payoff", "ewa")
TABLES, (SITUATION,) = games((3, 2), 1, seed=8)
PAYOFFS = TABLES[0, 0]
RNG = np.random.default_rng(4)
PLAY = rounds(SITUATION, RNG.integers(0, 3, 25), RNG.integers(0, 2, 25))


def soft(values):
    weights = np.exp(values - np.max(values))
    return weights / weights.sum()


def written_out(sensitivity, decay, foregone, consolidation, experience):
    """Camerer and Ho (1999), equations 2.1 to 2.3, one option at a time."""
    attraction, weight, found = PAYOFFS.mean(axis=1), experience, []
    for own, other in zip(PLAY.choice, PLAY.others, strict=True):
        found.append(soft(sensitivity * attraction))
        grown = decay * (1 - consolidation) * weight + 1
        after = np.zeros(3)
        for k in range(3):
            share = 1.0 if k == own else foregone
            after[k] = (decay * weight * attraction[k] + share * PAYOFFS[k, other]) / grown
        attraction, weight = after, grown
    return np.array(found)


@pytest.mark.parametrize(
    "values",
    [
        {"decay": 0.9, "foregone": 0.4, "consolidation": 0.3, "experience": 1.5},
        {"decay": 0.5, "foregone": 0.9, "consolidation": 0.8, "experience": 0.2},
    ],
)
def test_recursion(values):
    values = {"sensitivity": 0.6, **values}
    np.testing.assert_allclose(EWA.predict(values, PLAY), written_out(**values), rtol=1e-10)


def test_it_nests_fictitious_play():
    values = {"sensitivity": 0.6, "decay": 0.8, "experience": 2.0}
    ewa = EWA.predict({**values, "foregone": 1.0, "consolidation": 0.0}, PLAY)
    beliefs = explain("own-payoff", "fictitious-play").predict(values, PLAY)
    np.testing.assert_allclose(ewa, beliefs, rtol=1e-10)


def test_it_nests_reinforcement_from_the_second_round_on():
    values = {"sensitivity": 0.3, "decay": 0.8}
    rest = {"foregone": 0.0, "consolidation": 1.0, "experience": 0.0}
    ewa = EWA.predict({**values, **rest}, PLAY)
    sums = explain("own-payoff", "reinforcement").predict(values, PLAY)
    np.testing.assert_allclose(ewa[1:], sums[1:], rtol=1e-10)
    np.testing.assert_allclose(sums[0], np.full(3, 1 / 3), rtol=1e-12)
