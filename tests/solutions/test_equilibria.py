from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.games import NormalForm
from comity.solutions import certify, mixed_equilibria, pure_equilibria
from solutions.oracles import random_domain, support_equilibria

PENNIES = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
CHICKEN = [[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]]
STONE = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
# von Stengel (2007), example 3.3 of "Equilibrium computation for two-player games".
STENGEL = [[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]]

KNOWN = [
    (PENNIES, [((1 / 2, 1 / 2), (1 / 2, 1 / 2))]),
    (CHICKEN, [((1, 0), (0, 1)), ((0, 1), (1, 0)), ((2 / 3, 1 / 3), (7 / 17, 10 / 17))]),
    ([STONE, -STONE], [((1 / 3,) * 3, (1 / 3,) * 3)]),
    (
        STENGEL,
        [
            ((1, 0, 0), (1, 0)),
            ((4 / 5, 1 / 5, 0), (2 / 3, 1 / 3)),
            ((0, 1 / 3, 2 / 3), (1 / 3, 2 / 3)),
        ],
    ),
]


@pytest.mark.parametrize(("payoffs", "expected"), KNOWN)
def test_published_lists(payoffs, expected):
    found = mixed_equilibria(NormalForm.from_payoffs(payoffs))
    assert same_sets(found, expected)
    assert found.gains.max() < 1e-12


def same_sets(found, expected):
    """Whether both lists hold the same strategies, whatever their order."""
    ours = sorted(tuple(np.round(np.concatenate(p.strategies), 7) + 0.0) for p in found.profiles)
    theirs = sorted(tuple(np.round(np.concatenate(pair), 7) + 0.0) for pair in expected)
    return len(ours) == len(theirs) and np.allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize("seed", range(15))
def test_all_are_found_and_an_odd_number(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 5, 2))
    game = NormalForm.from_payoffs(rng.normal(size=(2, *shape)))
    found = mixed_equilibria(game)
    assert found.complete
    assert len(found.profiles) % 2 == 1
    assert same_sets(found, support_equilibria(game.table[0], game.table[1]))
    for play in found.profiles:
        assert certify(game, play).deviation_gains["private"].max() < 1e-9


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_units_do_not_matter(unit):
    for payoffs, expected in KNOWN:
        assert same_sets(
            mixed_equilibria(NormalForm.from_payoffs(unit * np.array(payoffs) + unit)), expected
        )


DEGENERATE = [
    [[[1, 1], [0, 0]], [[1, 1], [1, 1]]],
    [[[0, 0], [0, 0]], [[0, 0], [0, 0]]],
    [[[3, 1], [3, 0]], [[1, 2], [2, 1]]],
    [[[1, 1, 0]], [[1, 1, 0]]],
]


@pytest.mark.parametrize("payoffs", DEGENERATE)
def test_nothing_is_claimed_of_degenerate_games(payoffs):
    found = mixed_equilibria(NormalForm.from_payoffs(payoffs))
    assert not found.complete
    assert "cannot tell" in found.claim
    assert len(found.profiles) > 0


def test_against_gambit():
    gambit = pytest.importorskip("pygambit")
    rng = np.random.default_rng(8)
    tables = rng.integers(-20, 20, size=(2, 3, 4))
    theirs = gambit.nash.enummixed_solve(gambit.Game.from_arrays(*tables), rational=True)
    found = mixed_equilibria(NormalForm.from_payoffs(tables))
    assert len(found.profiles) == len(theirs.equilibria)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 2), (2, 2, 2, 2)])
def test_pure_against_all_profiles(shape, rng):
    for _ in range(5):
        game = NormalForm.from_payoffs(rng.integers(0, 4, size=(len(shape), *shape)))
        stable = [
            profile
            for profile in product(*map(range, shape))
            if all(
                game.table[(i, *profile)] >= game.table[(i, *profile[:i], a, *profile[i + 1 :])]
                for i in range(len(shape))
                for a in range(shape[i])
            )
        ]
        found = pure_equilibria(game)
        assert [p.outcomes[0] for p in found.profiles] == stable
        assert found.payoffs.shape == found.gains.shape == (len(stable), len(shape))


@pytest.mark.slow
def test_against_quantecon():
    import quantecon.game_theory as qe

    rng = np.random.default_rng(3)
    tables = rng.normal(size=(2, 4, 3))
    game = qe.NormalFormGame((qe.Player(tables[0]), qe.Player(tables[1].T)))
    assert same_sets(mixed_equilibria(NormalForm.from_payoffs(tables)), qe.vertex_enumeration(game))


@pytest.mark.slow
def test_large_games_are_searched_without_a_claim(rng):
    game = NormalForm.from_payoffs(rng.normal(size=(2, 30, 30)))
    found = mixed_equilibria(game)
    assert len(found.profiles) > 0
    assert not found.complete
    assert "too large" in found.claim
    for play in found.profiles:
        assert certify(game, play).deviation_gains["none"].max() < 1e-9


def test_a_negotiation_has_no_strategies(rng):
    with pytest.raises(InputError, match="players act"):
        pure_equilibria(random_domain(rng))
    with pytest.raises(InputError, match="two players"):
        mixed_equilibria(NormalForm.from_payoffs(np.zeros((3, 2, 2, 2))))
