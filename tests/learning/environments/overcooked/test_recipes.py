"""Worth and cooking times, against the figures of the reference's tomato kitchen."""

import pytest

from comity.core import InputError
from comity.learning.environments.overcooked.layouts import named_layout
from comity.learning.environments.overcooked.recipes import EVERY_SOUP, Recipes


def test_there_are_nine_soups():
    assert len(EVERY_SOUP) == 9
    assert (0, 0) not in EVERY_SOUP


def test_only_orders_are_worth_anything():
    recipes = Recipes(orders=((3, 0), (2, 1)), bonus=((2, 1),), value=7, values={(2, 1): 11})
    assert {soup: recipes.worth(soup) for soup in EVERY_SOUP if recipes.worth(soup)} == {
        (3, 0): 7,
        (2, 1): 22,
    }


def test_ingredients_add_up():
    # One onion 21 points and 15 steps, one tomato 13 and 7; onion and tomato is a bonus order.
    worth, time = named_layout("counter_circuit_tomato").recipes.tables()
    assert worth[1 + 4] == 2 * 34
    assert worth[2 + 4] == 2 * 21 + 13
    assert worth[3] == 0
    assert time[3] == 45
    assert time[8] == 14


def test_json_and_back():
    recipes = named_layout("counter_circuit_tomato").recipes
    assert Recipes.from_dict(recipes.to_dict()) == recipes


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        ({"orders": ["OOOO"]}, "orders"),
        ({"orders": ["OX"]}, "orders"),
        ({"orders": ["OOO"], "bonus": ["TTT"]}, "bonus"),
        ({"time": 0}, "times"),
        ({"price": 3}, "price"),
    ],
)
def test_nonsense_is_refused(stated, word):
    with pytest.raises(InputError, match=word):
        Recipes.from_dict(stated)
