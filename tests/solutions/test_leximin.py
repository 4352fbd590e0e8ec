import numpy as np
import pytest

from comity.solutions import OutcomeSet
from comity.solutions.leximin import settle_many
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import Separation
from solutions import oracles
from solutions.oracles import options


def view(points):
    n = points.shape[1]
    return ScaledSet(OutcomeSet(options(*points)), np.zeros(n), np.ones(n))


@pytest.mark.parametrize("seed", range(15))
def test_degenerate_sets(seed):
    """Small whole numbers: many faces on which some are stuck and others are not."""
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 4, (6, 4)).astype(float)
    found = settle_many(view(points), np.ones(4), rational=False)
    expected = oracles.leximin(points, np.zeros(4), np.ones(4))
    np.testing.assert_allclose(np.sort(found.gains), np.sort(expected), atol=1e-6)


def test_no_listed_mixture_is_fairer(rng):
    points = rng.uniform(0, 1, (8, 3))
    found = settle_many(view(points), np.ones(3))
    mixtures = rng.dirichlet(np.full(8, 0.3), 20_000) @ points
    reached = tuple(np.sort(found.gains) + 1e-9)
    assert max(map(tuple, np.sort(mixtures, axis=1))) <= reached


def test_losses_for_someone_are_told(rng):
    found = settle_many(view(rng.uniform(-2, -1, (5, 3))), np.ones(3))
    assert isinstance(found, Separation)
    assert found.margin > 0


def test_shares_far_apart_are_bounded_or_met(rng):
    for _ in range(10):
        points = rng.normal(size=(12, 4))
        found = settle_many(view(points - points.min(axis=0)), 10.0 ** np.array([0, -4, -8, -11]))
        assert found.gains.min() >= -1e-9
        assert found.objective <= (points - points.min(axis=0))[:, 0].max() + 1e-9
        assert np.isfinite(found.gap)
