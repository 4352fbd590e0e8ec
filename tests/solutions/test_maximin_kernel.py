"""The compiled matrix games against linear programs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from comity.solutions.maximin_kernel import matrix_game, security, workspace


def value(table, transpose=False):
    """Value and strategy of the player that picks rows, or columns of the same payoffs."""
    strategy = np.full(max(table.shape) + 1, np.nan)
    found = security(np.stack([table, table]), int(transpose), workspace(*table.shape), strategy)
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


def test_a_saddle_point_is_exact():
    table = np.array([[0.1, 0.3, 0.2], [0.7, 0.3, 0.9], [0.6, 0.1, 0.4]])
    found, strategy = value(table)
    assert found == 0.3
    assert (strategy @ table).min() == found


def test_workspace_is_left_clean_by_larger_games(rng):
    """What a larger game leaves in the memory does not change the next."""
    work, strategy = workspace(6, 6), np.empty(7)
    large, small = rng.normal(size=(6, 6)), rng.normal(size=(2, 3))
    matrix_game(large, work, strategy)
    after = matrix_game(small, work, strategy)
    assert after == matrix_game(small, workspace(2, 3), np.empty(3))
