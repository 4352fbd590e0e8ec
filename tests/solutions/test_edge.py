import numpy as np
import pytest

from comity.solutions import OutcomeSet
from comity.solutions.edge import favourite, ray, supporting_edge
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.point import Separation
from solutions import oracles
from solutions.oracles import options


def view(points, origin=(0, 0)):
    return ScaledSet(OutcomeSet(options(*points)), np.array(origin, float), np.ones(2))


@pytest.mark.parametrize("seed", range(20))
def test_the_edge_bounds_everything(seed):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 9, (10, 2)).astype(float)
    target = rng.uniform(0, 9)
    edge = supporting_edge(view(points), lambda gains, _: gains[0] < target)
    assert (points @ edge.normal <= edge.bound + 1e-9).all()
    for end in (edge.first, edge.second):
        assert end.payoffs @ edge.normal == pytest.approx(edge.bound)


def test_few_questions_on_a_curve_of_many_corners():
    angles = np.linspace(0, np.pi / 2, 10_001)
    curve = view(np.column_stack([np.cos(angles), np.sin(angles)]))
    edge = supporting_edge(curve, lambda gains, _: gains[0] < 0.6)
    assert edge.first.payoffs[0] >= 0.6 - 1e-9
    assert edge.second.payoffs[0] <= 0.6 + 1e-9
    assert len(curve._known) < 25


@pytest.mark.parametrize("party", [0, 1])
@pytest.mark.parametrize("seed", range(10))
def test_favourite_is_the_constrained_best(party, seed):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 9, (8, 2)).astype(float)
    origin = rng.integers(0, 9, 2).astype(float)
    expected, _ = oracles.program(np.eye(2)[party], points, origin)
    found = favourite(view(points, origin), party)
    if isinstance(found, Separation):
        assert expected is None or np.abs(expected - origin).max() < 1e-9
    else:
        assert found.gains[party] == pytest.approx(expected[party] - origin[party])
        assert found.gap < 1e-9


def test_ray_passes_by_the_frontier():
    found = ray(view([(1, 3), (0.5, 4)]), np.ones(2))
    assert found.gains.tolist() == [1, 3]
    found = ray(view([(5, 2), (5, 1), (6, 2)]), np.ones(2))
    assert found.gains.tolist() == [6, 2]
