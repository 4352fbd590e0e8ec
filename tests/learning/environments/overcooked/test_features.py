"""The few numbers, against positions described by hand, and the same on both engines."""

import numpy as np
import pytest

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.features import FEATURES

BUSY = {
    "cooks": [
        {"at": [1, 2], "facing": "west", "holds": "dish"},
        {"at": [3, 1], "facing": "north", "holds": "soup OOO"},
    ],
    "things": [
        {"at": [2, 0], "is": "soup OOO", "cooked": 5},
        {"at": [0, 2], "is": "onion"},
        {"at": [4, 2], "is": "onion"},
    ],
}


def seen(given, player=0, **rules):
    kitchen = make("overcooked", view="features", **rules)
    numbers = kitchen.observe(kitchen.start(given))[0, player]
    return {name: float(number) for name, number in zip(FEATURES, numbers, strict=True) if number}


def test_a_position_by_hand():
    assert seen(BUSY) == {
        "own heading west": 1, "own holds dish": 1, "own blocked south": 1, "own blocked west": 1,
        "own onions dx": -1, "own onions dy": -1, "own dishes dy": 1,
        "own serving place dx": 2, "own serving place dy": 1,
        "own pot 1 there": 1, "own pot 1 dx": 1, "own pot 1 dy": -2, "own pot 1 onions": 3,
        "own pot 1 heats": 1, "own pot 1 steps left / 10": 1.5,
        "own onion lies there": 1, "own onion lies dx": -1,
        "partner's heading north": 1, "partner's holds soup": 1,
        "partner's blocked north": 1, "partner's blocked east": 1,
        "partner's onions dx": 1, "partner's dishes dx": -2, "partner's dishes dy": 2,
        "partner's serving place dy": 2,
        "partner's pot 1 there": 1, "partner's pot 1 dx": -1, "partner's pot 1 dy": -1,
        "partner's pot 1 onions": 3, "partner's pot 1 heats": 1,
        "partner's pot 1 steps left / 10": 1.5,
        "partner's onion lies there": 1, "partner's onion lies dx": 1,
        "partner's onion lies dy": 1,
        "partner dx": 2, "partner dy": -1, "own x": 1, "own y": 2,
    }  # fmt: skip


def test_what_cannot_be_reached_is_not_there():
    found = seen({}, player=1, layout="forced_coordination")
    assert not [name for name in found if name.startswith(("own pot", "own serving"))]
    assert "partner's pot 2 there" in found


def test_a_done_soup():
    given = {"things": [{"at": [2, 0], "is": "soup OOO", "cooked": 20}]}
    found = seen(given)
    assert found["own pot 1 done"] == 1
    assert "own pot 1 steps left / 10" not in found


@pytest.mark.parametrize("layout", ["counter_circuit_tomato"])
def test_both_engines_see_the_same(layout):
    kitchens = [make("overcooked", e, layout=layout, view="features") for e in ("numba", "jax")]
    state = kitchens[0].begin(0, 32)
    rng = np.random.default_rng(0)
    for _ in range(120):
        actions = rng.choice(6, size=(32, 2), p=[0.14, 0.14, 0.14, 0.14, 0.02, 0.42])
        state = kitchens[0].step(state, actions).state
    one = kitchens[0].observe(state)
    other = kitchens[1].observe(kitchens[1].start(kitchens[0].positions(state)))
    assert one.dtype == np.float32
    assert one.shape == (32, 2, kitchens[0].shape.observations[0])
    assert np.array_equal(one, other)
