"""What each divergence sees, and what it must not see."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement_situations import chicken, full_game, random_game, random_negotiation
from comity.agreement import apply_solution, combine, decision_loss, divergence
from comity.agreement.models.divergence import shared_differences
from comity.cases import Constitution
from comity.core.errors import InputError
from comity.games import NormalForm

EQUILIBRIUM = Constitution(solution=("best-equilibrium",))
KINDS = ("raw", "affine", "strategic")
seeds = st.integers(0, 2**32)


def pair(seed, shape=(3, 2)):
    rng = np.random.default_rng(seed)
    return random_game(rng, shape), random_game(rng, shape)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds)
def test_a_pseudometric(kind, seed):
    rng = np.random.default_rng(seed)
    a, b, c = (random_game(rng, (2, 3)) for _ in range(3))

    def d(x, y):
        return divergence(kind, x, y, EQUILIBRIUM)

    assert d(a, a) == 0
    assert np.isclose(d(a, b), d(b, a))
    assert d(a, c) <= d(a, b) + d(b, c) + 1e-9
    assert d(a, b) > 0


def shifted(game, rng):
    """Add to each player's payoffs what depends only on the others' actions."""
    table = game.table.copy()
    for i in range(len(table)):
        shape = list(table[i].shape)
        shape[i] = 1
        table[i] += rng.standard_normal(shape)
    return NormalForm.from_payoffs(table, game.players, game.actions, block="facts")


def scaled(game, rng):
    """Give each player another zero and unit."""
    n = len(game.players)
    a, b = rng.uniform(0.2, 5, (n, 1, 1)), rng.standard_normal((n, 1, 1))
    return NormalForm.from_payoffs(a * game.table + b, game.players, game.actions, block="facts")


@given(seed=seeds)
def test_what_each_forgives(seed):
    """raw nothing; affine zero and unit; strategic all that no best reply can see."""
    rng = np.random.default_rng(seed)
    game = random_game(rng, (3, 2))
    unit, others = scaled(game, rng), shifted(game, rng)
    assert divergence("affine", game, unit, EQUILIBRIUM) < 1e-9
    assert divergence("strategic", game, others, EQUILIBRIUM) < 1e-9
    assert divergence("raw", game, unit, EQUILIBRIUM) > 1e-3
    assert divergence("strategic", game, unit, EQUILIBRIUM) > 1e-3
    assert divergence("affine", game, others, EQUILIBRIUM) > 1e-6


@given(seed=seeds)
def test_the_strategic_one_by_loops(seed):
    a, b = pair(seed)
    gap = a.table - b.table
    largest = max(
        max(abs(gap[0][k, j] - gap[0][m, j]) for k in range(3) for m in range(3) for j in range(2)),
        max(abs(gap[1][k, j] - gap[1][k, m]) for k in range(3) for m in range(2) for j in range(2)),
    )
    assert np.isclose(divergence("strategic", a, b, EQUILIBRIUM), largest)


def test_raw_is_the_largest_difference(rng):
    a, b = full_game(rng), full_game(rng)
    gaps = [np.abs(a.facts - b.facts).max(), np.abs(a.prior - b.prior).max()]
    bystander = max(np.abs(a.weights[2] - b.weights[2]).max(), np.abs(a.tastes - b.tastes)[2].max())
    assert np.isclose(divergence("raw", a, b, Constitution()), max(*gaps, bystander))


def test_guesses_about_others_do_not_count_unless_tastes_are_pooled(rng):
    game = full_game(rng)
    other = game.replace("tastes[B]", game.blocks()["tastes[B]"].values + 1)
    assert divergence("raw", game, other, Constitution(tastes="own")) == 0
    assert np.isclose(divergence("raw", game, other, Constitution(tastes="mean")), 1)


def test_affine_of_a_negotiation(rng):
    game = random_negotiation(rng, (3, 4))
    # two issues, each worth twice as much and half a unit more; no deal likewise
    moved = {"tastes": 2 * game.tastes + 0.5, "reservation": 2 * game.reservation + 1}
    double = dataclasses.replace(game, **moved)
    assert divergence("affine", game, double, Constitution(tastes="mean")) < 1e-9
    assert divergence("raw", game, double, Constitution(tastes="mean")) > 0.5


def test_which_blocks_are_shared(rng):
    game = full_game(rng)
    own = shared_differences(game, game, Constitution(tastes="own"))
    assert set(own) == {"prior", "facts", "tastes[Z]"}
    assert set(shared_differences(game, game, Constitution(tastes="mean"))) == set(game.blocks())


@pytest.mark.parametrize("solution", ["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"])
def test_strategic_is_refused_for_what_it_cannot_see(solution):
    rules = Constitution(solution=("best-equilibrium", solution))
    with pytest.raises(InputError, match=f"strategic with {solution}"):
        divergence("strategic", chicken(), chicken(), rules)


def test_strategic_is_refused_for_negotiations(rng):
    game = random_negotiation(rng)
    with pytest.raises(InputError, match="strategic with Negotiation"):
        divergence("strategic", game, game, EQUILIBRIUM)


def test_unknown_kind():
    with pytest.raises(InputError, match="no such divergence"):
        divergence("euclidean", chicken(), chicken(), Constitution())


def test_decision_loss_of_nothing_is_nothing(rng):
    game = random_game(rng)
    rules = Constitution()
    play = apply_solution(combine(dict.fromkeys("AB", game), rules), rules).play
    assert abs(decision_loss("A", game, game.payoffs(play), rules)) < 1e-12


def test_decision_loss_by_hand():
    """Chicken: if A reported the true game it had 1.75; a play worth 1 to it costs .75."""
    assert np.isclose(decision_loss("A", chicken(), [1.0, 0.0], Constitution()), 0.75)
    assert np.isclose(decision_loss("B", chicken(), [0.0, 2.0], Constitution()), -1.5)
