import numpy as np
import pytest

from comity.solutions import bargain
from comity.solutions.egalitarian import choose
from solutions import oracles
from solutions.oracles import options


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_against_programs_over_all_outcomes(n, seed):
    points = np.random.default_rng(seed).uniform(0, 1, (10, n))
    origin = points.min(axis=0) * 0.9
    expected = oracles.leximin(points, origin, np.ones(n))
    found = bargain(options(*points), "egalitarian", origin)
    np.testing.assert_allclose(found.payoffs, expected, atol=1e-6)
    assert found.objective == pytest.approx((expected - origin).min(), abs=1e-7)


def test_what_is_left_over_goes_to_the_others():
    found = bargain(options((1, 3), (1, 2)), "egalitarian", [0, 0])
    assert found.payoffs.tolist() == [1, 3]
    found = bargain(options((1, 3, 5), (1, 4, 4), (0, 9, 9)), "egalitarian", [0, 0, 0])
    np.testing.assert_allclose(found.payoffs, [1, 4, 4], atol=1e-8)


def test_below_the_disagreement_point_if_asked():
    game = options((1, -3), (-3, 1))
    assert bargain(game, "egalitarian", [0, 0]).status == "no gain"
    free = bargain(game, "egalitarian", [0, 0], individually_rational=False)
    np.testing.assert_allclose(free.payoffs, [-1, -1])
    assert free.objective == -1


def test_choose_is_lexicographic():
    gains = np.array([[1.0, 3.0], [2.0, 1.0], [3.0, 1.0]])
    assert choose(gains, np.arange(3)).indices.tolist() == [0, 2]
