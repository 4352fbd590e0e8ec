import numpy as np
import pytest

from comity.core import Intractable
from comity.solutions.hull import hull_indices
from solutions import oracles


def supported(points):
    """Return payoffs of points that no lottery over the others weakly dominates."""
    distinct = np.unique(points, axis=0)
    kept = []
    for k, point in enumerate(distinct):
        others = np.delete(distinct, k, axis=0)
        _, level = (
            oracles.program(np.zeros(len(point)), others, point, np.ones(len(point)))
            if len(others)
            else (None, -1)
        )
        if level < -1e-9:
            kept.append(tuple(point))
    return kept


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("high", [4, 40])
@pytest.mark.parametrize("seed", range(4))
def test_corners_against_programs(n, high, seed):
    points = np.random.default_rng(seed).integers(0, high, (25, n)).astype(float)
    corners = [tuple(points[k]) for k in hull_indices(points)]
    assert sorted(corners) == supported(points)
    assert corners == sorted(corners, reverse=True)


def test_points_on_an_edge_are_no_corners():
    line = np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]])
    assert hull_indices(line).tolist() == [2, 0]


def test_too_many_programs_are_refused(rng):
    sphere = np.abs(rng.normal(size=(6_000, 3)))
    sphere /= np.linalg.norm(sphere, axis=1, keepdims=True)
    with pytest.raises(Intractable, match="too many"):
        hull_indices(sphere)
