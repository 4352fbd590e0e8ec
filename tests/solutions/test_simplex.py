import numpy as np
import pytest
from scipy.optimize import linprog

from comity.games import NormalForm
from comity.solutions import CorrelatedSet
from comity.solutions.simplex import MAX_ENTRIES, best_chances, best_level


def by_general_solver(goal, rows, limits, counted):
    k = len(goal)
    total = (np.arange(k) < counted).astype(float)
    return linprog(-goal, A_ub=rows, b_ub=limits, A_eq=total[None], b_eq=[1.0])


def proven(found, goal, rows, limits, counted):
    """Return the value, having checked weak duality by hand."""
    assert found.x.min() >= 0
    assert found.prices.min(initial=0) >= 0
    assert found.x[:counted].sum() == pytest.approx(1, abs=1e-10)
    assert (rows @ found.x <= limits + 1e-9).all()
    left = goal - found.prices @ rows
    assert left[counted:].max(initial=0) <= 1e-9
    assert left[:counted].max() + found.prices @ limits == pytest.approx(goal @ found.x, abs=1e-9)
    return goal @ found.x


@pytest.mark.parametrize("m", [0, 1, 4, 12])
@pytest.mark.parametrize("spare", [0, 2])
@pytest.mark.parametrize("whole", [False, True])
def test_as_a_general_solver(m, spare, whole, rng):
    """Whole numbers make ties, which is where pivots go round in circles."""
    answers = 0
    for _ in range(25):
        k = int(rng.integers(2, 12))
        rows, goal = rng.uniform(-1, 1, (m, k + spare)), rng.uniform(0, 1, k + spare)
        if whole:
            rows, goal = rows.round(), goal.round()
        goal[k:] *= -1
        limits = rng.uniform(-0.3, 0.5, m) * rng.integers(0, 2, m)
        found, other = (
            best_chances(goal, rows, limits, k),
            by_general_solver(goal, rows, limits, k),
        )
        assert (found is None) == (other.x is None)
        if found is not None:
            assert proven(found, goal, rows, limits, k) == pytest.approx(-other.fun, abs=1e-9)
            answers += 1
    assert answers > 3


@pytest.mark.parametrize("shape", [(2, 2), (4, 4), (2, 3, 2), (3, 3, 3)])
@pytest.mark.parametrize("coarse", [False, True])
def test_equilibria_of_games_with_ties(shape, coarse, rng):
    """All limits are zero: every play at which nobody gains is a degenerate corner."""
    for _ in range(8):
        game = NormalForm.from_payoffs(rng.integers(0, 4, (len(shape), *shape)))
        rows, limits = CorrelatedSet(game, coarse).limits
        goal = game.payoff_points() @ rng.integers(-1, 2, len(shape)).astype(float)
        goal /= np.ptp(goal) or 1.0
        found = best_chances(goal, rows, limits)
        value = proven(found, goal, rows, limits, len(goal))
        assert value == pytest.approx(
            -by_general_solver(goal, rows, limits, len(goal)).fun, abs=1e-9
        )


@pytest.mark.parametrize("n", [1, 2, 5])
def test_level(n, rng):
    for _ in range(20):
        k = int(rng.integers(1, 9))
        points, goal = rng.uniform(-1, 1, (k, n)), rng.uniform(-1, 1, k) * rng.integers(0, 2)
        limits, shares = rng.uniform(-1, 1, n), rng.integers(0, 3, n) * 0.5
        if not shares.any():
            assert best_level(goal, points, limits, shares) is None
            continue
        found = best_level(goal, points, limits, shares)
        other = linprog(
            -np.append(goal, 1.0),
            A_ub=np.column_stack([-points.T, shares]),
            b_ub=-limits,
            A_eq=np.append(np.ones(k), 0.0)[None],
            b_eq=[1.0],
            bounds=[(0, None)] * k + [(None, None)],
        )
        assert (found is None) == (other.x is None)
        if found is not None:
            gains = found.x @ points - limits
            level = (gains[shares > 0] / shares[shares > 0]).min()
            assert goal @ found.x + level == pytest.approx(-other.fun, abs=1e-9)
            assert gains[shares == 0].min(initial=0) >= -1e-9
            # Prices add up to one unit of level, and bound what any mixture reaches.
            assert found.prices @ shares == pytest.approx(1, abs=1e-9)
            bound = (goal + points @ found.prices).max() - found.prices @ limits
            assert bound == pytest.approx(-other.fun, abs=1e-9)


def test_what_is_infeasible_or_large_has_no_answer():
    assert best_chances(np.ones(2), np.array([[1.0, 1.0]]), np.array([0.5])) is None
    assert best_chances(np.zeros(MAX_ENTRIES + 1), np.zeros((1, MAX_ENTRIES + 1)), [0]) is None


def test_a_known_program():
    """Chicken's best correlated equilibrium (Aumann 1974): 5 1/4 each, as a program."""
    chicken = NormalForm.from_payoffs([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
    rows, limits = CorrelatedSet(chicken).limits
    found = best_chances(chicken.payoff_points().sum(axis=1), rows, limits)
    np.testing.assert_allclose(found.x, [0.5, 0.25, 0.25, 0.0], atol=1e-12)
