"""The engine on the CPU: in place, and strict."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make


@pytest.mark.parametrize("actions", [[[0, 6]], [[-1, 0]], [[0]], [[0, 1], [0, 1]]])
def test_what_is_no_action_is_refused_and_nothing_changes(actions):
    kitchen = make("overcooked")
    state = kitchen.begin(0, 1)
    before = kitchen.positions(state)
    with pytest.raises(InputError, match="actions"):
        kitchen.step(state, actions)
    assert kitchen.positions(state) == before


def test_a_game_ends_and_then_takes_no_step():
    kitchen = make("overcooked", horizon=3)
    state = kitchen.begin(0, 2)
    done = [kitchen.step(state, [[4, 4]] * 2).done.tolist() for _ in range(3)]
    assert done == [[False] * 2, [False] * 2, [True] * 2]
    assert not kitchen.acting(state).any()
    with pytest.raises(InputError, match="over"):
        kitchen.step(state, [[4, 4]] * 2)
    state = kitchen.renew(state, [False, True], 0)
    assert kitchen.acting(state).tolist() == [[False] * 2, [True] * 2]


def test_pictures_can_be_written_into_memory_one_has():
    kitchen = make("overcooked")
    state = kitchen.begin(0, 4)
    out = np.full((4, 2, kitchen.shape.observations[0]), 7, np.uint8)
    assert kitchen.observe(state, out) is out
    assert np.array_equal(out, kitchen.observe(state))
