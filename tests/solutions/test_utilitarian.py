import numpy as np
import pytest

from comity.solutions import bargain
from comity.solutions.payoff_sets import ScaledSet
from comity.solutions.utilitarian import FIRST_FOUND, TIE, choose, settle_many, settle_two
from solutions import oracles
from solutions.oracles import options


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_against_a_program_over_all_outcomes(n, seed):
    points = np.random.default_rng(seed).uniform(0, 1, (10, n))
    origin = np.quantile(points, 0.4, axis=0)
    expected, _ = oracles.program(np.ones(n), points, origin)
    found = bargain(options(*points), "utilitarian", origin)
    if expected is None:
        assert found.status == "no gain"
    else:
        assert found.payoffs.sum() == pytest.approx(expected.sum(), abs=1e-8)
        assert float(found.gap) <= 1e-9


class Segment:
    """Payoffs (1, 0) to (0, 1), of which no outcomes are listed."""

    n = 2

    def maximise(self, weights):
        from comity.games import Lottery
        from comity.solutions import Vertex

        place = int(weights[1] > weights[0])
        return Vertex(np.eye(2)[place], Lottery.pure((place,)), float(max(weights)))


def test_ties_that_cannot_be_listed_are_told():
    found = settle_two(ScaledSet(Segment(), np.zeros(2), np.ones(2)))
    assert found.gains.tolist() == [0.5, 0.5]
    assert found.notes == (TIE,)
    many = settle_many(ScaledSet(Segment(), np.zeros(2), np.ones(2)))
    assert many.objective == pytest.approx(1)
    assert many.notes == (FIRST_FOUND,)


def test_choose_keeps_ties():
    gains = np.array([[1.0, 2.0], [3.0, 0.0], [0.0, 0.0]])
    assert choose(gains, np.arange(3)).indices.tolist() == [0, 1]
