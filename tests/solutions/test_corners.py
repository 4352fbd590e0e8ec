from itertools import combinations

import numpy as np
import pytest

from comity.solutions.corners import corners, most_corners

ROWS_TIE = np.array([[3.0, 1.0], [3.0, 0.0]])
MIXED_TIE = np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])


@pytest.mark.parametrize("table", [ROWS_TIE, MIXED_TIE])
@pytest.mark.parametrize("unit", [1e-6, 1, 1e6])
def test_ties_crowd_a_corner(table, unit):
    assert corners(unit * table).crowded


@pytest.mark.parametrize("unit", [1e-6, 1, 1e6])
@pytest.mark.parametrize("shape", [(2, 2), (3, 4), (5, 5), (1, 4), (4, 1)])
def test_random_tables_are_not_crowded(unit, shape, rng):
    found = corners(unit * rng.normal(size=shape))
    assert not found.crowded
    assert len(found.weights) < most_corners(*shape)


def ties(table):
    """Whether a mixture of few columns makes more rows best: by solving every support."""
    rows, columns = table.shape
    for size in range(1, columns + 1):
        for used in combinations(range(columns), size):
            for tied in combinations(range(rows), size + 1):
                if mixture_ties(table, used, tied):
                    return True
    return False


def mixture_ties(table, used, tied):
    size = len(used)
    system = np.zeros((size + 2, size + 1))
    system[:-1, :size] = table[np.ix_(tied, used)]
    system[:-1, size], system[-1, :size] = -1, 1
    goal = np.append(np.zeros(size + 1), 1.0)
    answer, *_ = np.linalg.lstsq(system, goal, rcond=None)
    mix = np.zeros(table.shape[1])
    mix[list(used)] = answer[:size]
    fits = np.abs(system @ answer - goal).max() < 1e-9 and (answer[:size] > 1e-9).all()
    return fits and (table @ mix).max() <= answer[size] + 1e-9


@pytest.mark.parametrize("seed", range(30))
def test_small_whole_numbers_against_brute_force(seed):
    table = np.random.default_rng(seed).integers(0, 5, size=(3, 3)).astype(float)
    assert corners(table).crowded == ties(table)


def test_a_known_number_of_corners():
    # A cube in the positive orthant is the polytope of the unit matrix; the origin is left out.
    assert len(corners(np.eye(3)).weights) == len(corners(2 * np.eye(3)).weights)
    assert most_corners(3, 3) == 8
