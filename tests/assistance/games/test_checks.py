import numpy as np
import pytest

from comity.assistance.games.checks import dense_transitions, numbers
from comity.assistance.games.game import AssistanceGame
from comity.core import InputError, SizeError


def test_numbers_names_the_place():
    with pytest.raises(InputError, match="here"):
        numbers([[1], [1, 2]], "here")
    assert numbers([1, 2], "here").dtype == float


def test_transitions_are_square():
    with pytest.raises(InputError, match="states"):
        dense_transitions(np.ones((2, 1, 1, 3)))


def test_rounding_of_chances_is_removed():
    tables = [[[[1 / 3, 2 / 3 - 1e-12]]], [[[0.0, 1.0]]]]
    game = AssistanceGame.from_tables(tables, [[[[0.0]], [[1.0]]]], horizon=1)
    assert game.chances[0, 0, 0].sum() == 1.0


def test_huge_tables_are_refused_before_they_are_made():
    with pytest.raises(SizeError, match="too large"):
        AssistanceGame(
            states=tuple(f"s{k}" for k in range(20_000)),
            person_actions=tuple(f"h{k}" for k in range(50)),
            assistant_actions=tuple(f"a{k}" for k in range(50)),
            goals=("g",),
            prior=np.ones(1),
            next_states=np.zeros((1, 1, 1, 1), int),
            chances=np.ones((1, 1, 1, 1)),
            rewards=np.zeros((1, 1, 1, 1)),
            horizon=1,
        )
