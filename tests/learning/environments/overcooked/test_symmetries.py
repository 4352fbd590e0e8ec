"""Mirrors of kitchens: found where there are any, and true to the play."""

import numpy as np
import pytest

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.layouts import CLASSIC

ROWS = {
    "left and right": "XXPXX\nX1 2X\nO   O\nX   X\nXDSDX",
    "up and down": "XOXDX\nX1  X\nP   S\nX  2X\nXOXDX",
    "both ways round": "XPDXX\nO1  S\nX   X\nS  2O\nXXDPX",
    "across the diagonal": "XPDOX\nP1  S\nD   D\nO  2P\nXSDPX",
    "across the other diagonal": "XOPDX\nX1  D\nS   P\nX  2O\nXXSXX",
}


@pytest.mark.parametrize(
    ("name", "engine"), [*((name, "numba") for name in ROWS), ("left and right", "jax")]
)
def test_play_in_the_mirror_is_the_mirror_of_play(name, engine):
    kitchen = make("overcooked", engine, layout=ROWS[name], random_start=True, horizon=60)
    assert [symmetry.name for symmetry in kitchen.shape.symmetries] == [name]
    symmetry = kitchen.shape.symmetries[0]
    places = np.arange(kitchen.shape.observations[0])
    places[symmetry.observations] = symmetry.observations[::-1]
    ways = np.arange(6)
    ways[symmetry.actions] = symmetry.actions[::-1]
    plain, image = kitchen.begin(1, 8), kitchen.relabel(kitchen.begin(1, 8), 0, [1, 0])
    rng = np.random.default_rng(0)
    for _ in range(40):
        seen, mirrored = np.array(kitchen.observe(plain)), np.array(kitchen.observe(image))
        assert np.array_equal(seen, mirrored[:, :, places])
        assert not np.array_equal(seen, mirrored)
        actions = rng.integers(6, size=(8, 2))
        plain = kitchen.step(plain, actions).state
        image = kitchen.step(image, ways[actions]).state


@pytest.mark.parametrize("layout", CLASSIC)
def test_the_classic_kitchens_have_none(layout):
    assert make("overcooked", layout=layout, random_start=True).shape.symmetries == ()


def test_a_fixed_start_that_is_not_its_own_image_breaks_it():
    assert make("overcooked", layout=ROWS["left and right"]).shape.symmetries == ()
