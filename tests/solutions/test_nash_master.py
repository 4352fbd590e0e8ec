import numpy as np
import pytest

from comity.games import Lottery
from comity.solutions import Vertex
from comity.solutions.nash_master import best_mixture, largest_product


@pytest.mark.parametrize("k", [1, 2, 5, 40])
def test_optimality_conditions(k, rng):
    points = rng.uniform(0.01, 1, (k, 3))
    chances = best_mixture(points, np.full(k, 1 / k))
    prices = points @ (1 / (chances @ points))
    assert chances.sum() == pytest.approx(1)
    assert (prices <= 3 + 1e-9).all()
    assert np.abs((3 - prices) * chances).max() < 1e-9


def test_columns_with_losses_are_used_when_they_pay():
    points = np.array([[4.0, -1.0], [-1.0, 4.0], [1.0, 1.0]])
    gains = best_mixture(points, np.array([0.5, 0.5, 0.0])) @ points
    np.testing.assert_allclose(gains, [1.5, 1.5], atol=1e-9)


def test_a_loose_oracle_leaves_a_gap():
    def loose(weights):
        payoffs = np.eye(3)[int(np.argmax(weights))]
        return Vertex(payoffs, Lottery.pure((0,)), float(weights.max()) * 1.1)

    start = [loose(row) for row in np.eye(3)]
    found = largest_product(loose, start, np.full(3, 1 / 3))
    assert found.gap == pytest.approx(0.3, abs=1e-9)


def test_a_smooth_set_is_approached():
    def ball(weights):
        length = float(np.linalg.norm(weights))
        return Vertex(weights / length, Lottery.pure((0,)), length)

    found = largest_product(ball, [ball(row) for row in np.eye(3)], np.full(3, 1 / 3))
    np.testing.assert_allclose(found.gains, np.full(3, 3**-0.5), atol=1e-6)
    assert found.gap < 1e-9
