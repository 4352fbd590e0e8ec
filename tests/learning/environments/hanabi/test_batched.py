"""The engine in JAX against the engine on the CPU, which is compared with the reference."""

import jax
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import check_environment, make
from comity.learning.environments.checks import random_choice
from comity.learning.environments.hanabi.batched import rows_of

VARIANTS = [
    {},
    {"players": 5, "hand": 3, "bombing": "keeps points", "empty_hints": True},
    {"players": 3, "colours": 3, "ranks": 4, "observation": "seer", "lives": 7, "information": 5},
]


def test_it_keeps_the_protocol():
    assert check_environment(make("hanabi", "jax"), size=8).faults == ()


@pytest.mark.parametrize("variant", VARIANTS)
def test_both_engines_hold_the_same_words_through_games(variant):
    numba, batched = make("hanabi", **variant), make("hanabi", "jax", **variant)
    state = numba.begin(4, 64)
    other = batched.start(numba.given(state))
    choose, running = random_choice(1), np.ones(64, dtype=bool)
    while running.any():
        assert np.array_equal(rows_of(other)[running], state[running])
        assert np.array_equal(
            np.asarray(batched.observe(other))[running], numba.observe(state)[running]
        )
        legal = numba.legal(state)
        assert np.array_equal(np.asarray(batched.legal(other))[running], legal[running])
        actions = choose(0, legal, legal)
        rows = state[running]
        step = numba.step(rows, actions[running])
        after = batched.step(other, actions)
        assert np.array_equal(np.asarray(after.rewards)[running], step.rewards)
        assert np.array_equal(np.asarray(after.done)[running], step.done)
        state[running] = rows
        running[running] = ~step.done
        other = after.state


def test_illegal_moves_end_their_game_with_rewards_that_are_not_numbers():
    environment = make("hanabi", "jax")
    state = environment.begin(0, 3)
    step = environment.step(state, np.array([[5, 0], [0, 0], [-1, 0]]))
    assert np.isnan(np.asarray(step.rewards)).all(axis=1).tolist() == [False, True, True]
    assert np.asarray(step.done).tolist() == [False, True, True]
    after = rows_of(step.state)[1]
    after[1] &= ~np.uint32(1 << 12)
    assert np.array_equal(after, rows_of(state)[1])


def test_it_runs_within_jit():
    environment = make("hanabi", "jax")

    @jax.jit
    def two_steps(state):
        for _ in range(2):
            play = np.full((4, 2), 5)
            state = environment.step(state, play).state
        return environment.observe(state)

    assert two_steps(environment.begin(1, 4)).shape == (4, 2, 658)


def test_rows_are_of_a_batch():
    environment = make("hanabi", "jax")
    single = jax.tree.map(lambda word: word[0], environment.begin(0, 2))
    with pytest.raises(InputError, match="not a batch"):
        rows_of(single)
