"""The compiled loops against linear programs and brute force."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from comity.agreement._batch_kernels import matrix_game, nash_lottery


def value(table, transpose=False):
    size = max(table.shape) + 1
    strategy = np.empty(size)
    found = matrix_game(
        table,
        transpose,
        np.empty((size, size)),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        strategy,
    )
    return found, strategy[: table.shape[1 if transpose else 0]]


def value_by_linear_program(table):
    m, n = table.shape
    found = linprog(
        np.append(np.zeros(m), -1),
        A_ub=np.column_stack([-table.T, np.ones(n)]),
        b_ub=np.zeros(n),
        A_eq=np.append(np.ones(m), 0)[None],
        b_eq=[1],
        bounds=[(0, None)] * m + [(None, None)],
    )
    return found.x[-1]


def tables(rng, whole):
    shape = rng.integers(1, 7, 2)
    draw = rng.integers(-2, 3, shape) if whole else rng.normal(size=shape) * 10.0 ** rng.integers(5)
    return draw.astype(float)


@given(st.integers(0, 2**32), st.booleans(), st.booleans())
def test_matrix_games_by_linear_program(seed, whole, transpose):
    table = tables(np.random.default_rng(seed), whole)
    found, strategy = value(table, transpose)
    own = table.T if transpose else table
    scale = 1 + np.abs(table).max()
    assert found == pytest.approx(value_by_linear_program(own), abs=1e-8 * scale)
    assert strategy.min() >= 0
    assert strategy.sum() == pytest.approx(1)
    assert (strategy @ own).min() == pytest.approx(found, abs=1e-9 * scale)


def test_constant_table():
    found, strategy = value(np.full((3, 2), 7.0))
    assert found == 7.0
    assert strategy.sum() == pytest.approx(1)


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
    first, second, weight, product = nash_lottery(x, y, d0, d1)
    best, sum_of_gains = best_product_by_pairs(x, y, d0, d1)
    if best < 0:
        assert first == -1
        return
    gain_x = (1 - weight) * x[first] + weight * x[second] - d0
    gain_y = (1 - weight) * y[first] + weight * y[second] - d1
    assert gain_x * gain_y == pytest.approx(product, abs=1e-9)
    assert product == pytest.approx(best, abs=1e-9)
    assert gain_x + gain_y == pytest.approx(sum_of_gains, abs=1e-6)


def test_nothing_to_gain():
    assert nash_lottery(np.array([0.0]), np.array([0.0]), 0.0, 0.0)[0] == -1


def test_only_one_can_gain():
    first, second, weight, product = nash_lottery(
        np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, -1.0]), 0.0, 0.0
    )
    assert (first, second, weight, product) == (1, 1, 0.0, 0.0)
