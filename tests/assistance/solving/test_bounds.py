import numpy as np
import pytest

from comity.assistance.solving.bounds import Lower, Upper


def test_sawtooth_is_above_every_concave_truth(rng):
    """Of a convex function with the given corners, bounds at points bound it everywhere."""
    planes = rng.normal(size=(6, 3))
    truth = lambda b: (planes @ b.T).max(axis=0)  # noqa: E731
    upper = Upper(truth(np.eye(3)))
    for belief in rng.dirichlet(np.ones(3), size=15):
        upper.add(belief, float(truth(belief[None])[0]))
    beliefs = rng.dirichlet(np.ones(3), size=500)
    assert (upper.values(beliefs) >= truth(beliefs) - 1e-12).all()
    assert upper.values(upper.points) == pytest.approx(truth(upper.points))


def test_bounds_scale_with_the_mass(rng):
    upper = Upper(np.array([1.0, 2.0]))
    upper.add(np.array([0.5, 0.5]), 1.0)
    rows = rng.dirichlet(np.ones(2), size=10)
    assert upper.values(0.3 * rows) == pytest.approx(0.3 * upper.values(rows))


def test_what_is_no_news_is_not_kept():
    upper = Upper(np.array([1.0, 1.0]))
    upper.add(np.array([0.5, 0.5]), 1.0)
    assert len(upper.points) == 0
    upper.add(np.array([0.5, 0.5]), 0.6)
    upper.add(np.array([0.5, 0.5]), 0.5)
    assert len(upper.points) == 1


def test_lower_keeps_no_plan_that_another_matches():
    lower = Lower(np.array([0.0, 1.0]), 0, np.zeros((1, 1), int))
    lower.add(np.array([0.0, 0.5]), 1, np.zeros((1, 1), int))
    lower.add(np.array([1.0, 0.0]), 2, np.zeros((1, 1), int))
    assert lower.actions == [0, 2]
    beliefs = np.array([[0.9, 0.1], [0.1, 0.9]])
    assert lower.best(beliefs).tolist() == [1, 0]
    assert lower.values(beliefs).tolist() == [0.9, 0.9]
