"""The benchmark of assistance: both updates agree, and its lines hold what they say."""

import pytest

import assistance
from comity.assistance.games.catalogue import chef_world
from comity.assistance.solving import solve_assistance


@pytest.mark.parametrize("recipes", [1, 2, 3])
def test_the_old_update_gives_the_same_value(recipes):
    game = chef_world(recipes, horizon=3)
    value = solve_assistance(game).value.value
    assert assistance.old_update(game) == pytest.approx(value)


def test_a_line_of_the_table():
    cells = assistance.row(2, 2)
    assert len(cells) == len(assistance.TITLES)
    assert cells[0] == "2"
    assert cells[3] == "4 x 2 = 8"
    assert cells[4] == "4^2 = 16"
    assert assistance.row(2, 0)[5:7] == ["", ""]
