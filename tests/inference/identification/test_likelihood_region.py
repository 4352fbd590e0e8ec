"""The likelihood region: its edge where a closed form puts it, open where nothing is known."""

import numpy as np
import pytest
from scipy.stats import chi2

from comity.core.errors import InputError
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.identification.likelihood_region import FURTHEST, likelihood_region

COIN = Situation(("yes", "no"), [[1, 0], [0, 0]])
ALONE = explain("own-payoff", "logit")


def tosses(yes, no):
    choice = np.array([0] * yes + [1] * no)
    zeros = np.zeros(yes + no, int)
    return Evidence((COIN,), ("a",), zeros, zeros, choice)


@pytest.mark.parametrize("spread", [1.0, 4.0])
def test_the_edge_of_one_parameter_solves_the_likelihood_equation(spread):
    yes, no, level = 70, 30, 0.9
    evidence, top = tosses(yes, no), np.log(np.log(yes / no))
    points = likelihood_region(ALONE, evidence, np.array([top]), level=level, spread=spread)[:, 0]

    def fall(free):
        p = 1 / (1 + np.exp(-np.exp(free)))
        best = yes * np.log(yes / 100) + no * np.log(no / 100)
        return best - yes * np.log(p) - no * np.log(1 - p)

    cut = spread * chi2.ppf(level, 1) / 2
    assert points[0] == pytest.approx(top)
    assert fall(points.min()) == pytest.approx(cut, rel=0.01)
    assert fall(points.max()) == pytest.approx(cut, rel=0.01)


def test_what_is_not_identified_is_followed_to_the_end():
    both = explain("charness-rabin", "logit")
    only_ahead = Evidence(
        (Situation(("x", "y"), [[10, 2], [8, 6]]),),
        ("a",),
        np.zeros(40, int),
        np.zeros(40, int),
        np.array([0] * 25 + [1] * 15),
    )
    free = np.array([0.0, 0.2, 0.0])
    points = likelihood_region(both, only_ahead, free, rays=4)
    assert np.ptp(points[:, 0]) >= FURTHEST


def test_without_parameters_the_region_is_a_point():
    fixed = ALONE.with_fixed(sensitivity=1.0)
    assert likelihood_region(fixed, tosses(7, 3), np.zeros(0)).shape == (1, 0)


def test_a_level_must_be_one():
    with pytest.raises(InputError, match="level"):
        likelihood_region(ALONE, tosses(7, 3), np.zeros(1), level=1.0)
