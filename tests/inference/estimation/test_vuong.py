"""Vuong's test against its formula, and its sizes under a tie."""

import numpy as np
import pytest
from scipy.stats import t

from comity.core.errors import InputError
from comity.inference.estimation.vuong import vuong
from comity.inference.evidence import Evidence, Situation

PAIR = Situation(("x", "y"), [[1, 0], [0, 1]])


def people_with(sizes):
    person = np.repeat(np.arange(len(sizes)), sizes)
    names = tuple(f"p{k}" for k in range(len(sizes)))
    return Evidence((PAIR,), names, person, np.zeros(len(person), int), np.zeros(len(person), int))


def test_the_formula():
    """Sum of log-ratios less (k1 - k2) / 2 log n over the root of n times their variance."""
    rng = np.random.default_rng(1)
    first, second = rng.normal(-0.6, 0.1, 50), rng.normal(-0.7, 0.2, 50)
    found = vuong(first, second, people_with([1] * 50), parameters=(3, 1))
    ratio = first - second
    expected = (ratio.sum() - np.log(50)) / np.sqrt(50 * ratio.var(ddof=1))
    assert found.statistic == pytest.approx(expected)
    assert found.p_value == pytest.approx(2 * t.sf(abs(expected), 49))


def test_turning_the_two_around_turns_the_answer():
    rng = np.random.default_rng(2)
    first, second = rng.normal(-0.6, 0.1, 60), rng.normal(-0.9, 0.2, 60)
    evidence = people_with([3] * 20)
    one = vuong(first, second, evidence, parameters=(1, 2))
    other = vuong(second, first, evidence, parameters=(2, 1))
    assert other.statistic == pytest.approx(-one.statistic)
    assert other.p_value == pytest.approx(one.p_value)
    assert (one.closer, other.closer) == ("first", "second")


def test_two_fits_as_far_from_the_truth_are_mistaken_at_the_level():
    """A fair coin, and two fits that are wrong by as much: 0.6 and 0.4 of heads."""
    evidence = people_with([1] * 80)
    rng = np.random.default_rng(3)
    answers = []
    for _ in range(500):
        heads = rng.random(80) < 0.5
        first, second = np.log(np.where(heads, 0.6, 0.4)), np.log(np.where(heads, 0.4, 0.6))
        answers.append(vuong(first, second, evidence).closer)
    # Exactly: the chance that 80 tosses have at most 32 or at least 48 heads, 0.093.
    assert np.mean([a != "cannot tell" for a in answers]) == pytest.approx(0.093, abs=0.04)


def test_people_who_repeat_themselves_count_once():
    rng = np.random.default_rng(4)
    once = rng.normal(0.2, 1, 30)
    alone = vuong(once, np.zeros(30), people_with([1] * 30))
    often = vuong(np.repeat(once, 9), np.zeros(270), people_with([9] * 30))
    assert often.statistic == pytest.approx(alone.statistic)


def test_fits_that_say_the_same_cannot_be_told_apart():
    rows = np.log(np.linspace(0.2, 0.8, 12))
    found = vuong(rows, rows.copy(), people_with([3] * 4), parameters=(3, 1))
    assert found.closer == "cannot tell"
    assert found.difference.kind == "unknown"
    lone = vuong(rows, rows - 1, people_with([12]))
    assert lone.closer == "cannot tell"
    assert "never varies" in vuong(rows, rows - 1, people_with([3] * 4)).difference.method


def test_an_impossible_choice_is_an_error():
    with pytest.raises(InputError, match="1 not finite"):
        vuong(np.array([0.0, -np.inf]), np.zeros(2), people_with([1, 1]))
