import numpy as np
import pytest

from comity.solutions import bargain
from comity.solutions.kalai_smorodinsky import choose
from solutions import oracles
from solutions.oracles import options


def test_closed_form_on_a_line():
    # On u1 / a + u2 / b = 1 the ideal is (a, b), so that each gets half of it.
    found = bargain(options((6, 0), (0, 2)), "kalai-smorodinsky", [0, 0])
    np.testing.assert_allclose(found.payoffs, [3, 1])
    assert found.objective == pytest.approx(0.5)


def test_closed_form_on_two_edges():
    # Ideal (1, 1); the ray meets the edge from (3/4, 3/4).
    found = bargain(options((0, 1), (0.75, 0.75), (1, 0)), "kalai-smorodinsky", [0, 0])
    np.testing.assert_allclose(found.payoffs, [0.75, 0.75])


def test_the_ideal_keeps_the_others_above_their_level():
    # Without the limit player 1's ideal would be 10; with u2 >= 1 it is 5.5 on the line.
    found = bargain(options((10, 0), (1, 2)), "kalai-smorodinsky", [1, 1])
    ideal = np.array([5.5, 2.0])
    shares = (found.payoffs - 1) / (ideal - 1)
    assert shares[0] == pytest.approx(shares[1])


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_against_programs_over_all_outcomes(n, seed):
    points = np.random.default_rng(seed).uniform(0, 1, (10, n))
    origin = points.min(axis=0) * 0.9
    ideal = oracles.ideal(points, origin)
    expected = oracles.leximin(points, origin, ideal - origin)
    found = bargain(options(*points), "kalai-smorodinsky", origin)
    np.testing.assert_allclose(found.payoffs, expected, atol=1e-6)
    assert float(found.gap) <= 1e-9


def test_one_who_cannot_gain_does_not_count():
    found = bargain(options((4, 0, 0), (0, 2, 0)), "kalai-smorodinsky", [0, 0, 0])
    np.testing.assert_allclose(found.payoffs, [2, 1, 0], atol=1e-8)


def test_choose_takes_the_fairest_shares():
    gains = np.array([[4.0, 0.0], [2.0, 1.0], [0.0, 2.0]])
    choice = choose(gains, np.arange(3))
    assert choice.indices.tolist() == [1]
    assert choice.objective == 0.5
