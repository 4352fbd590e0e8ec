import numpy as np
import pytest
from scipy.optimize import linprog

from comity.games import NormalForm
from comity.solutions import (
    CorrelatedSet,
    bargain,
    certify,
    correlated,
    correlated_equilibrium,
    pure_equilibria,
)

# Aumann (1974): chicken, whose best symmetric correlated equilibrium pays 5 1/4 each.
AUMANN = NormalForm.from_payoffs([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
SEXES = NormalForm.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])


def test_chicken():
    found = correlated_equilibrium(AUMANN)
    np.testing.assert_allclose(found.payoffs, [5.25, 5.25], atol=1e-9)
    np.testing.assert_allclose(sorted(found.play.probabilities), [1 / 4, 1 / 4, 1 / 2], atol=1e-9)
    worst = correlated_equilibrium(AUMANN, maximise=False)
    # The worst sum is 44/5... by hand: weights (1/5, 2/5, 2/5, 0) reversed; see the program below.
    assert worst.objective == pytest.approx(
        by_all_constraints(AUMANN, np.ones(2), coarse=False, sign=-1)
    )


def by_all_constraints(game, weights, coarse, sign=1):
    """Return the best objective by writing every incentive constraint out in loops."""
    n, shape = len(game.players), game.shape
    profiles = list(np.ndindex(*shape))
    rows = []
    for i in range(n):
        for to in range(shape[i]):
            for told in [None] if coarse else range(shape[i]):
                rows.append(
                    [
                        game.table[(i, *p[:i], to, *p[i + 1 :])] - game.table[(i, *p)]
                        if told in (None, p[i])
                        else 0.0
                        for p in profiles
                    ]
                )
    goal = np.array([sum(w * game.table[(i, *p)] for i, w in enumerate(weights)) for p in profiles])
    found = linprog(
        -sign * goal,
        A_ub=rows,
        b_ub=np.zeros(len(rows)),
        A_eq=np.ones((1, len(goal))),
        b_eq=[1],
    )
    return -sign * found.fun


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("shape", [(2, 2), (3, 4), (2, 3, 2)])
@pytest.mark.parametrize("unit", [1e-5, 1, 1e5])
def test_best_and_stable(coarse, shape, unit, rng):
    game = NormalForm.from_payoffs(unit * rng.normal(size=(len(shape), *shape)))
    weights = rng.uniform(0, 1, len(shape))
    plain = NormalForm.from_payoffs(game.table / unit)
    for maximise in (True, False):
        found = correlated_equilibrium(game, weights, coarse=coarse, maximise=maximise)
        assert found.status == "optimal"
        sign = 1 if maximise else -1
        expected = by_all_constraints(plain, weights, coarse, sign)
        assert found.objective / unit == pytest.approx(expected, abs=1e-7)
        held = certify(game, found.play).deviation_gains["none" if coarse else "private"]
        assert held.max() <= 1e-8 * unit


def test_coarse_is_no_worse_and_lotteries_over_equilibria_no_better(rng):
    for _ in range(10):
        game = NormalForm.from_payoffs(rng.normal(size=(2, 3, 3)))
        fine, coarse = (correlated_equilibrium(game, coarse=c).objective for c in (False, True))
        assert fine <= coarse + 1e-9
        pure = pure_equilibria(game).payoffs.sum(axis=1)
        assert fine >= pure.max(initial=-np.inf) - 1e-9


def test_ties_go_to_the_worst_off():
    np.testing.assert_allclose(correlated_equilibrium(SEXES).payoffs, [1.5, 1.5], atol=1e-8)


def test_egalitarian():
    found = correlated_equilibrium(SEXES, "egalitarian")
    np.testing.assert_allclose(found.payoffs, [1.5, 1.5], atol=1e-9)
    assert found.objective == pytest.approx(1.5)
    assert float(found.gap) < 1e-9
    worst = correlated_equilibrium(SEXES, "egalitarian", maximise=False)
    # The mixed equilibrium: each gets 2/3, and no correlated one gives anyone less.
    assert worst.objective == pytest.approx(2 / 3)


def test_bargaining_over_correlated_equilibria():
    found = bargain(CorrelatedSet(AUMANN), "nash", [2, 2])
    np.testing.assert_allclose(found.payoffs, [5.25, 5.25], atol=1e-6)
    assert certify(AUMANN, found.play).deviation_gains["private"].max() < 1e-8


def test_three_players_egalitarian(rng):
    game = NormalForm.from_payoffs(rng.normal(size=(3, 2, 2, 2)))
    found = correlated_equilibrium(game, "egalitarian")
    assert certify(game, found.play).deviation_gains["private"].max() < 1e-8
    assert found.objective == pytest.approx(found.payoffs.min())


@pytest.mark.parametrize("ties", [False, True])
def test_large_tables_are_sparse_and_lead_to_the_same(ties, rng, monkeypatch):
    game = NormalForm.from_payoffs(rng.normal(size=(2, 4, 5)))
    weights = np.array([1.0, 0.0 if ties else 0.7])
    dense = correlated_equilibrium(game, weights)
    monkeypatch.setattr(correlated, "MAX_ENTRIES", 0)
    sparse = correlated_equilibrium(game, weights)
    assert not isinstance(CorrelatedSet(game).incentives, np.ndarray)
    np.testing.assert_allclose(dense.payoffs, sparse.payoffs, atol=1e-8)
