"""The engine in JAX, held to the recorded games and to the engine on the CPU."""

import jax
import numpy as np
import pytest

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.layouts import CLASSIC
from overcooked_reference import kitchens, marks

KITCHENS = kitchens()


def test_recorded_games_come_out_the_same():
    kitchen = "counter_circuit_tomato", False
    found, total = marks("jax", *kitchen, KITCHENS[kitchen])
    assert found == [game["marks"] for game in KITCHENS[kitchen]]
    assert total > 0


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "old"), KITCHENS)
def test_every_recorded_game_comes_out_the_same(layout, old):
    games = KITCHENS[layout, old]
    found, _ = marks("jax", layout, old, games)
    assert found == [game["marks"] for game in games]


@pytest.mark.parametrize("layout", [CLASSIC["asymmetric_advantages"]])
def test_both_engines_pack_the_same_numbers(layout):
    rules = {"layout": "\n".join(layout), "old_dynamics": True, "random_start": True}
    cpu, fast = (make("overcooked", engine, **rules) for engine in ("numba", "jax"))
    state = cpu.begin(0, 64)
    other = fast.start(cpu.given(state))
    rng = np.random.default_rng(1)
    for _ in range(150):
        actions = rng.choice(6, size=(64, 2), p=[0.12, 0.12, 0.12, 0.12, 0.02, 0.5])
        one, two = cpu.step(state, actions), fast.step(other, actions)
        state, other = one.state, two.state
        for mine, yours in zip(jax.tree.leaves(state), jax.tree.leaves(other), strict=True):
            assert mine.dtype == yours.dtype
            assert np.array_equal(mine, yours)
        assert np.array_equal(one.rewards, two.rewards)
    assert (state.now.things[:, : cpu.rules.pots] >> 6).any()


def test_what_is_no_action_ends_the_game_without_a_number():
    kitchen = make("overcooked", "jax")
    step = kitchen.step(kitchen.begin(0, 2), [[0, 6], [0, 5]])
    assert np.isnan(step.rewards).tolist() == [[True, True], [False, False]]
    assert step.done.tolist() == [True, False]


def test_the_state_is_small():
    kitchen = make("overcooked", "jax")
    state = kitchen.begin(0, 10)
    assert sum(leaf.nbytes for leaf in jax.tree.leaves(state)) <= 10 * 64
