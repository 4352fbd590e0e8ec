import numpy as np
import pytest

from comity.solutions.undominated import pareto_indices
from solutions import oracles


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("high", [3, 30, None])
@pytest.mark.parametrize("count", [1, 7, 600])
def test_against_all_pairs(n, high, count, rng):
    points = rng.normal(size=(count, n)) if high is None else rng.integers(0, high, (count, n))
    points = points.astype(float)
    assert pareto_indices(points).tolist() == oracles.undominated(points)


@pytest.mark.parametrize("n", [2, 3])
def test_nothing_is_dropped_where_all_trade_off(n, rng):
    points = rng.dirichlet(np.ones(n), 400)
    points[:, -1] = 1 - points[:, :-1].sum(axis=1)
    kept = pareto_indices(np.vstack([points, points - 0.5]))
    assert set(oracles.undominated(points)) == set(kept.tolist())


def test_equal_points_are_kept_together():
    points = np.array([[1.0, 2.0], [0.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
    assert pareto_indices(points).tolist() == [0, 2, 3]
