import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, noisy
from comity.assistance.solving import solve_assistance
from comity.core import InputError


def test_a_result_is_plain_data_without_the_graph():
    found = solve_assistance(catalogue_game("cake-or-pie"))
    data = found.to_dict()
    assert "assistant" not in data
    assert data["value"]["kind"] == "exact"
    assert data["steps"] == 4
    assert found.gap <= 1e-6


def test_a_solution_is_of_its_game_and_person():
    game = catalogue_game("cake-or-pie")
    found = solve_assistance(game)
    assert found.of(game, RATIONAL) is found
    with pytest.raises(InputError, match="another game"):
        found.of(catalogue_game("off-switch"), RATIONAL)
    with pytest.raises(InputError, match="another person"):
        found.of(game, noisy(game, 2.0))
