import numpy as np
import pytest

from assisting import random_game
from comity.assistance.people import RATIONAL, noisy, solve_known
from comity.assistance.solving import Idle, evaluate_assistant, one_person, solve_assistance
from comity.assistance.solving.known_types import blind, told


def test_told_is_the_game_whose_goal_both_know(rng):
    game = random_game(rng, horizon=3, discount=0.9)
    found = told(one_person(game, RATIONAL), 3)
    assert found[3] == pytest.approx(solve_known(game).value(0))
    person = noisy(game, 1.0)
    found = told(one_person(game, person), 3)
    assert found[3] == pytest.approx(solve_known(game, person=person.table).value(0))


def test_told_bounds_and_blind_is_had(rng):
    game = random_game(rng, horizon=3, discount=0.9)
    for person in (RATIONAL, noisy(game, 1.0)):
        hidden = one_person(game, person)
        best = solve_assistance(game, person).value.value
        actions = np.zeros(3, int)
        low = blind(hidden, 3, actions)[3][:, game.start]
        assert low == pytest.approx(evaluate_assistant(game, Idle(game), person).by_type)
        assert game.prior @ low <= best + 1e-9
        assert best <= game.prior @ told(hidden, 3)[3][:, game.start] + 1e-9
