import numpy as np
import pytest

from comity.solutions import OutcomeSet
from comity.solutions.columns import Columns
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import Separation
from solutions import oracles
from solutions.oracles import options


def columns(points):
    n = points.shape[1]
    return Columns(ScaledSet(OutcomeSet(options(*points)), np.zeros(n), np.ones(n)))


@pytest.mark.parametrize("seed", range(10))
def test_bound_equals_value(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 1, (40, 3))
    goal, limits = rng.uniform(0, 1, 3), np.quantile(points, 0.3, axis=0)
    found = columns(points).maximise(goal, limits)
    expected, _ = oracles.program(goal, points, limits)
    assert found.value == pytest.approx(goal @ expected, abs=1e-8)
    assert found.value <= found.bound <= found.value + 1e-8
    assert (found.gains >= limits - 1e-9).all()


def test_only_new_columns_are_added():
    pool = columns(np.eye(3))
    assert len(pool.vertices) == 3
    assert not pool.add(pool.vertices[0])


def test_infeasible_is_separated(rng):
    found = columns(rng.uniform(-3, -1, (10, 3))).rational()
    assert isinstance(found, Separation)
    assert found.margin >= 1
