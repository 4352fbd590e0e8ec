import jax.numpy as jnp
import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi.batched_moves import flag, read
from comity.learning.environments.hanabi.kernel import hint_of


@pytest.mark.parametrize("players", [2, 5])
def test_every_hint_is_taken_apart_as_on_the_cpu(players):
    environment = make("hanabi", "jax", players=players)
    rules = environment.rules
    for action in range(2 * rules.hand, environment.actions):
        state = environment.begin(0, 1)
        move = read(state, jnp.full((1, players), action), rules)
        offset, by_rank, value = hint_of(action, rules)
        assert (int(move.target[0]), bool(move.by_rank[0]), int(move.value[0])) == (
            offset,
            bool(by_rank),
            value,
        )
        assert bool(move.tells[0]) == bool(environment.legal(state)[0, 0, action])


def test_flags_are_words():
    assert flag(jnp.asarray([True, False])).dtype == np.uint32
