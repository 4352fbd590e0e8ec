"""Positions and names of one player's payoffs."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import MixedProfile
from comity.inference.identification.own_payoffs import (
    OwnPayoffs,
    checked_range,
    own_payoffs,
    strategies,
)
from comity.inference.identification.polyhedron import Polyhedron

GAME = OwnPayoffs((("a", "b"), ("x", "y", "z"), ("l", "r")), 1)


def test_positions_are_those_of_the_payoff_table():
    table = np.arange(12.0).reshape(GAME.shape)
    for own in range(3):
        for c, (first, third) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
            assert GAME.index[own, c] == table[first, own, third]
    assert GAME.others == ("a, l", "a, r", "b, l", "b, r")
    assert GAME.names[int(table[1, 2, 0])] == "u(b, z, l)"


def test_advantage_is_the_difference_of_expected_payoffs():
    rng = np.random.default_rng(1)
    table, p, q = rng.normal(size=GAME.shape), rng.dirichlet([1, 1]), rng.dirichlet([1, 1])
    expected = np.einsum("abc,a,c->b", table, p, q)
    row = GAME.advantage(2, 0, np.outer(p, q).ravel())
    assert row @ table.ravel() == pytest.approx(expected[2] - expected[0])


def test_ranges_of_differences():
    small = OwnPayoffs((("a", "b"), ("l", "r")), 0)
    found = Polyhedron.of(
        [*small.names, "noise"], equations=[[1, 0, -1, 0, 0]], values=[0.25], box=(0, 1)
    )
    ranges = small.differences(found)
    assert ranges["b above a, at l"] == pytest.approx((-0.25, -0.25))
    assert ranges["b above a, at r"] == pytest.approx((-1, 1))
    with pytest.raises(InputError, match="other unknowns"):
        GAME.differences(found)


def test_known_payoffs():
    rows, values = GAME.equations({("b", "z", "l"): 0.5})
    assert rows[0, GAME.names.index("u(b, z, l)")] == 1
    assert rows.sum() == 1
    assert values.tolist() == [0.5]
    with pytest.raises(InputError, match="no such profile"):
        GAME.equations({("b", "z"): 0.5})


def test_wrong_input():
    with pytest.raises(InputError, match="no such player"):
        own_payoffs((2, 2), 2, None)
    with pytest.raises(InputError, match="do not fit"):
        own_payoffs((2, 2), 0, [["a", "b"], ["l"]])
    with pytest.raises(InputError, match="range"):
        checked_range((1, 0))
    profile = MixedProfile(([0.5, 0.5], [1, 0]))
    assert strategies(profile) is profile.strategies
    with pytest.raises(InputError):
        strategies([[0.5, 0.6], [1, 0]])
