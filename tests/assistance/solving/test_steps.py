import pytest

from assisting import random_game
from comity.assistance.games import catalogue_game
from comity.assistance.solving.steps import steps_for
from comity.core import InputError


def test_a_horizon_is_kept():
    assert steps_for(catalogue_game("wormy-apples"), 1e-9) == 5


def test_without_end_as_many_as_matter(rng):
    game = random_game(rng, horizon=None, discount=0.5)
    steps = steps_for(game, 1e-3)
    assert 0.5**steps <= 1e-3 < 0.5 ** (steps - 1)
    with pytest.raises(InputError, match="too many steps"):
        steps_for(random_game(rng, horizon=None, discount=0.9999), 1e-6)
