"""The logit equilibrium: fixed point, another optimiser, symmetry, and limits of noise."""

import numpy as np
import pytest
from scipy.optimize import minimize

from comity.core.errors import InputError
from comity.games import NormalForm
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium, softmax
from comity.solutions import security_level


@pytest.mark.parametrize("noise", [(1.0, 1.0), (0.3, 0.8), (0.02, 0.05), (50.0, 0.1)])
@pytest.mark.parametrize("shape", [(2, 2), (3, 5), (6, 4)])
def test_each_mix_is_the_logit_reply_to_the_other(shape, noise):
    table = np.random.default_rng(sum(shape)).normal(size=shape)
    found = regularised_equilibrium(table, *noise)
    np.testing.assert_allclose(found.row, softmax(table @ found.column / noise[0]), atol=1e-9)
    np.testing.assert_allclose(found.column, softmax(-table.T @ found.row / noise[1]), atol=1e-9)
    assert found.gap.kind == "exact"
    assert found.value == pytest.approx(found.row @ table @ found.column)


def test_column_minimises_the_convex_program():
    """The reply of the row player is put in closed form, then a general optimiser does the rest."""
    table = np.random.default_rng(4).normal(size=(3, 3))

    def objective(weights):
        column = softmax(weights)
        worth = table @ column / 0.5
        best = 0.5 * (worth.max() + np.log(np.exp(worth - worth.max()).sum()))
        return best + 0.8 * (column * np.log(column)).sum()

    other = softmax(minimize(objective, np.zeros(3), method="BFGS", tol=1e-12).x)
    found = regularised_equilibrium(table, 0.5, 0.8)
    np.testing.assert_allclose(found.column, other, atol=1e-6)


def test_swapping_the_players():
    table = np.random.default_rng(5).normal(size=(3, 4))
    first = regularised_equilibrium(table, 0.4, 0.7)
    second = regularised_equilibrium(-table.T, 0.7, 0.4)
    np.testing.assert_allclose(first.row, second.column, atol=1e-9)
    np.testing.assert_allclose(first.column, second.row, atol=1e-9)


def test_scale_and_constants_do_not_move_play():
    table = np.random.default_rng(6).normal(size=(3, 4))
    first = regularised_equilibrium(table, 0.4, 0.7)
    second = regularised_equilibrium(3 * table + 5, 1.2, 2.1)
    np.testing.assert_allclose(first.row, second.row, atol=1e-9)


def test_noise_between_nothing_and_everything():
    """Large noise is uniform play; small noise is a strategy that secures the value."""
    table = np.array([[0.0, -1, 2], [1, 0, -1], [-1, 1, 0]])
    loud = regularised_equilibrium(table, 1e6, 1e6)
    np.testing.assert_allclose(loud.row, 1 / 3, atol=1e-5)
    quiet = regularised_equilibrium(table, 1e-3, 1e-3)
    level = security_level(NormalForm.from_payoffs(np.stack([table, -table])), 0)
    assert quiet.value == pytest.approx(level.value, abs=1e-2)
    np.testing.assert_allclose(quiet.row, level.strategy, atol=1e-2)


def test_quiet_and_unequal_noise_over_many_games():
    """Noise over six powers of ten: the closed-form gap closes in every game."""
    rng = np.random.default_rng(0)
    for _ in range(60):
        table = rng.normal(size=rng.integers(1, 8, 2))
        found = regularised_equilibrium(table, *10.0 ** rng.uniform(-4, 2, 2))
        assert found.gap.kind == "exact"


def test_single_actions_and_huge_payoffs():
    assert regularised_equilibrium([[3.0]]).value == 3
    found = regularised_equilibrium([[1000.0, -1000], [-1000, 1000]])
    np.testing.assert_allclose(found.row, 0.5, atol=1e-9)


@pytest.mark.parametrize(
    ("table", "noise"), [([1.0, 2], 1.0), ([[np.nan]], 1.0), ([[1.0]], 0.0), ([[1.0]], np.inf)]
)
def test_wrong_input(table, noise):
    with pytest.raises(InputError):
        regularised_equilibrium(table, noise)
