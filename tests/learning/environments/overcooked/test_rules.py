"""Tables of the rules."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.overcooked.layouts import CLASSIC, FLOOR, named_layout
from comity.learning.environments.overcooked.rules import (
    HEAT,
    LONGEST_GAME,
    NOTHING,
    Rules,
    pack_cooks,
    unpack_cook,
    unpack_time,
)


@pytest.mark.parametrize("name", CLASSIC)
def test_walking_is_undone_by_walking_back(name):
    rules = Rules(named_layout(name))
    for cell in rules.floor:
        for way, back in ((0, 1), (1, 0), (2, 3), (3, 2)):
            there = rules.walk[cell, way]
            assert rules.terrain[there] == FLOOR
            assert there == cell or rules.walk[there, back] == cell
            blocked = rules.facing[cell, way, 0] != FLOOR
            assert blocked == (there == cell)


def test_places_are_pots_then_counters():
    rules = Rules(named_layout("cramped_room"))
    assert rules.pots == 1
    assert [rules.cell(cell) for cell in rules.place_cells[:2]] == [(2, 0), (0, 0)]


def test_only_new_dynamics_let_a_cook_start_a_pot():
    old, new = (Rules(named_layout("cramped_room"), old_dynamics=old) for old in (True, False))
    assert (new.deeds == HEAT).sum() == 2
    assert (new.deeds[:, NOTHING] == HEAT).sum() == 2
    assert np.array_equal(np.where(new.deeds == HEAT, 0, new.deeds), old.deeds)


def test_words_hold_cooks_and_time():
    rng = np.random.default_rng(0)
    cells, headings = rng.integers(256, size=(2, 50)), rng.integers(4, size=(2, 50))
    time = rng.integers(LONGEST_GAME + 1, size=50)
    words = pack_cooks(*(part.astype(np.uint32) for part in (cells, headings, time)))
    assert words.dtype == np.uint32
    for player in (0, 1):
        cell, heading = unpack_cook(words, player)
        assert (cell == cells[player]).all()
        assert (heading == headings[player]).all()
    assert (unpack_time(words) == time).all()


@pytest.mark.parametrize("horizon", [0, LONGEST_GAME + 1])
def test_horizon_must_fit(horizon):
    with pytest.raises(InputError, match="horizon"):
        Rules(named_layout("cramped_room"), horizon=horizon)
