"""The likelihood region: its edge where a closed form puts it, open where nothing is known."""

import numpy as np
import pytest
from scipy.stats import chi2

from comity.core.errors import InputError
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.identification.likelihood_region import (
    FURTHEST,
    likelihood_region,
    overstatement,
)

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


def people_who_toss(times, weights=(1.0, 1.0, 1.0, 1.0)):
    """Four people, of whom each always says the same: 3 yes, 1 no, so many times each."""
    choice = np.repeat([0, 0, 0, 1], times)
    person, zeros = np.repeat(np.arange(4), times), np.zeros(4 * times, int)
    evidence = Evidence((COIN,), tuple("abcd"), person, zeros, choice)
    yes = float(np.dot(weights, [1, 1, 1, 0])) / sum(weights)
    return evidence, np.array([np.log(np.log(yes / (1 - yes)))])


@pytest.mark.parametrize("times", [1, 5])
def test_what_one_person_says_again_and_again_counts_once(times):
    """Scores are +1/4 three times and -3/4 once a toss, information 3/16 a toss; 4/3 for four."""
    evidence, free = people_who_toss(times)
    squares = times**2 * (3 / 16 + 9 / 16)
    by_hand = 4 / 3 * squares / (4 * times * 3 / 16)
    assert overstatement(ALONE, evidence, free) == pytest.approx(by_hand, rel=1e-6)


def test_people_of_no_weight_do_not_count():
    evidence, free = people_who_toss(5, (1, 1, 0, 1))
    three = evidence.subset(evidence.person != 2)
    weighed = overstatement(ALONE, evidence, free, np.array([1.0, 1.0, 0.0, 1.0]))
    assert weighed == pytest.approx(overstatement(ALONE, three, free), rel=1e-9)
    assert overstatement(ALONE, tosses(7, 3), np.zeros(1)) == 1.0


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


def test_where_nothing_is_likely_there_is_no_region():
    """Choices that an explanation rules out must not make it look perfectly known."""
    never = Situation(("yes", "no"), [[1000, 0], [0, 0]])
    choice = np.array([0, 1])
    evidence = Evidence((never,), ("a", "b"), np.arange(2), np.zeros(2, int), choice)
    with pytest.raises(InputError, match="no likelihood"):
        likelihood_region(explain("own-payoff", "level-1-tremble"), evidence, np.array([-800.0]))
