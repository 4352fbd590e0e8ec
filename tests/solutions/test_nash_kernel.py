"""The compiled Nash bargaining against brute force over pairs of outcomes."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solutions.nash_kernel import mixed_payoff, nash_lottery


def best_product_by_pairs(x, y, d0, d1):
    """Best product of gains over lotteries on two outcomes, by closed form on each pair."""
    best, sum_of_gains = -1.0, 0.0
    for p, q in itertools.combinations_with_replacement(range(len(x)), 2):
        a, b, da, db = x[p] - d0, y[p] - d1, x[q] - x[p], y[q] - y[p]
        candidates = [0.0, 1.0]
        for top, bottom in ((-a, da), (-b, db), (-(a * db + b * da), 2 * da * db)):
            if bottom:
                candidates.append(min(max(top / bottom, 0.0), 1.0))
        for t in candidates:
            gains = a + t * da, b + t * db
            if min(gains) >= -1e-12 and max(gains) > 1e-12:
                product = max(gains[0], 0) * max(gains[1], 0)
                if product > best + 1e-12 or (product > best - 1e-12 and sum(gains) > sum_of_gains):
                    best, sum_of_gains = max(product, best), sum(gains)
    return best, sum_of_gains


@given(st.integers(0, 2**32), st.booleans())
def test_nash_lottery_by_pairs(seed, whole):
    rng = np.random.default_rng(seed)
    count = rng.integers(1, 12)
    draw = (
        (lambda size: rng.integers(-2, 3, size)) if whole else (lambda size: rng.normal(size=size))
    )
    x, y = draw(count).astype(float), draw(count).astype(float)
    d0, d1 = draw(2).astype(float)
    first, second, weight = nash_lottery(x, y, d0, d1)
    best, sum_of_gains = best_product_by_pairs(x, y, d0, d1)
    if best < 0:
        assert first == -1
        return
    gain_x = mixed_payoff(x, first, second, weight) - d0
    gain_y = mixed_payoff(y, first, second, weight) - d1
    assert gain_x * gain_y == pytest.approx(best, abs=1e-9)
    assert gain_x + gain_y == pytest.approx(sum_of_gains, abs=1e-6)


def test_nothing_to_gain():
    assert nash_lottery(np.array([0.0]), np.array([0.0]), 0.0, 0.0)[0] == -1


def test_only_one_can_gain():
    one, two = np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, -1.0])
    assert nash_lottery(one, two, 0.0, 0.0) == (1, 1, 0.0)


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_units_do_not_matter(unit, rng):
    one, two = rng.normal(size=(2, 30))
    first, second, weight = nash_lottery(one, two, -0.5, -0.2)
    scaled = nash_lottery(unit * one, two, -0.5 * unit, -0.2)
    assert scaled[:2] == (first, second)
    assert scaled[2] == pytest.approx(weight)


def test_mixed_payoff_is_the_weighted_mean():
    assert mixed_payoff(np.array([1.0, 5.0, 9.0]), 2, 1, 0.25) == 8.0
