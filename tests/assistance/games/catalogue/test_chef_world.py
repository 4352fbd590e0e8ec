import pytest

from comity.assistance.games.catalogue import chef_world
from comity.assistance.games.catalogue.chef_world import RECIPES
from comity.assistance.people import demonstrating
from comity.assistance.solving import solve_assistance
from comity.core import InputError


def test_bowls_are_compositions():
    game = chef_world(6)
    assert len(game.states) == 35  # Up to four units of three ingredients: C(7, 3).
    assert game.final.sum() == 15  # Exactly four: C(6, 2).
    assert all(sum(recipe) == 4 for recipe in RECIPES.values())


def test_a_known_recipe_takes_two_steps():
    assert solve_assistance(chef_world(1)).value.value == pytest.approx(0.95)


@pytest.mark.parametrize("recipes", [2, 3, 6])
def test_more_recipes_are_never_easier_and_teaching_helps(recipes):
    game = chef_world(recipes)
    taught = solve_assistance(game).value.value
    shown = solve_assistance(game, demonstrating(game)).value.value
    assert shown <= taught + 1e-9
    assert taught <= 0.95 + 1e-9
    assert taught >= 0.95**3 - 1e-9  # The person alone needs four steps.


def test_the_person_goes_first_where_one_unit_fits():
    game = chef_world(2)
    state = game.state("2 flour, 1 egg")
    _, follows, _ = game.successors(state, 1, 2)[0]
    assert game.states[follows] == "2 flour, 2 egg"


def test_bad_settings():
    for recipes in (7, 2.5, "two"):
        with pytest.raises(InputError, match="recipes"):
            chef_world(recipes)
    with pytest.raises(InputError, match="prior"):
        chef_world(3, prior=[0.5, 0.5])
