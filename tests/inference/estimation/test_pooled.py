import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.pooled import PooledPeople, predictive

FREE = np.array([[[-1.0], [0.0], [2.0]], [[0.5], [0.5], [1.0]]])
WEIGHTS = np.array([[0.2, 0.3, 0.5], [0.0, 0.4, 0.6]])
CHANCES = 1 / (1 + np.exp(-FREE[..., 0]))


@pytest.fixture
def people(coin):
    strangers = np.array([[0.0], [3.0]])
    return PooledPeople(coin, ("heads",), ("person 0", "person 1"), FREE, WEIGHTS, strangers, 1.0)


def test_means_and_intervals_by_hand(people):
    np.testing.assert_allclose(people.means()[:, 0], (WEIGHTS * CHANCES).sum(axis=1))
    low, high = people.intervals(0.6)
    middles = np.cumsum(WEIGHTS, axis=1) - WEIGHTS / 2
    wanted = [
        np.interp([0.2, 0.8], at, values) for at, values in zip(middles, CHANCES, strict=True)
    ]
    np.testing.assert_allclose(np.stack([low[:, 0], high[:, 0]], axis=1), wanted)
    one = people.estimate("person 0", "heads", 0.6)
    assert (one.value, one.low, one.high) == pytest.approx((people.means()[0, 0], *wanted[0]))
    with pytest.raises(InputError, match="no such person"):
        people.estimate("nobody", "heads")


def test_predictions_are_weighted_means_by_name(people, tosses):
    evidence = tosses([(1, 0), (0, 2), (1, 1)])
    table = people.predict(evidence)
    chance = (WEIGHTS * CHANCES).sum(axis=1)
    cycled = 1 / (1 + np.exp(-np.array([0.0, 3.0, 0.0])))
    wanted = np.array([chance[0], chance[1], cycled.mean()])[evidence.person]
    np.testing.assert_allclose(table, np.stack([wanted, 1 - wanted], axis=1))


def test_history_stands_before_each_row(learner, sequences):
    """A loop over draws of what the explanation itself says, for one that looks back."""
    free = np.random.default_rng(0).normal(size=(2, 4, 1))
    weights = np.array([[0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]])
    found = predictive(learner, sequences, free, weights, 1.0)
    wanted = np.zeros_like(found)
    for s in range(4):
        errors = 1 / (1 + np.exp(-free[:, s, 0]))
        wanted += weights[sequences.person, s, None] * learner.predict({"error": errors}, sequences)
    np.testing.assert_allclose(found, wanted)
