import pytest

from comity.assistance.games.catalogue import kitchen_helper
from comity.assistance.games.catalogue.kitchen import LAYOUT
from comity.assistance.people import solve_known
from comity.assistance.solving import solve_assistance
from comity.core import InputError


def after(game, state, person, assistant):
    h, a = game.person_actions.index(person), game.assistant_actions.index(assistant)
    return game.states[game.successors(game.state(state), h, a)[0][1]]


EMPTY = "you at 1 with nothing, helper at 3 with nothing, pot: nothing"


@pytest.mark.parametrize(
    ("person", "assistant", "expected"),
    [
        ("left", "wait", "you at 1 with onion, helper at 3 with nothing, pot: nothing"),
        ("wait", "right", "you at 1 with nothing, helper at 3 with tomato, pot: nothing"),
        ("right", "left", EMPTY),  # Both want the middle.
        ("right", "wait", "you at 2 with nothing, helper at 3 with nothing, pot: nothing"),
        ("up", "up", EMPTY),  # Counters.
    ],
)
def test_moves(person, assistant, expected):
    assert after(kitchen_helper(), EMPTY, person, assistant) == expected


def test_nobody_swaps():
    state = "you at 1 with nothing, helper at 2 with nothing, pot: nothing"
    assert after(kitchen_helper(), state, "right", "left") == state


def test_the_second_ingredient_makes_the_soup():
    game = kitchen_helper()
    state = "you at 2 with onion, helper at 3 with nothing, pot: onion"
    assert after(game, state, "up", "wait") == "served"
    up, wait = game.person_actions.index("up"), game.assistant_actions.index("wait")
    assert game.rewards[:, game.state(state), up, wait].tolist() == [1.0, 0.0]
    mixed = "you at 2 with tomato, helper at 3 with nothing, pot: onion"
    assert game.rewards[:, game.state(mixed), up, wait].tolist() == [0.0, 0.0]


def test_what_was_taken_can_be_put_back():
    state = "you at 1 with onion, helper at 3 with onion, pot: nothing"
    expected = "you at 1 with nothing, helper at 3 with onion, pot: nothing"
    assert after(kitchen_helper(), state, "left", "right") == expected


def test_one_cannot_put_in_what_it_does_not_hold():
    state = "you at 2 with nothing, helper at 3 with nothing, pot: nothing"
    assert after(kitchen_helper(), state, "up", "wait") == state


def test_not_to_know_costs_time():
    game = kitchen_helper()
    solved = solve_assistance(game)
    known = float(solve_known(game).value(0)[:, game.start] @ game.prior)
    assert 0.5 < solved.value.value <= known + 1e-9


@pytest.mark.parametrize(
    ("before", "after_", "words"),
    [
        ("O1 2T", "O1#2T", "cannot be reached"),
        ("P", "#", "lacks"),
        ("1", " ", "lacks"),
        ("O1", "OX", "no such sign"),
        ("O1 2T", "O1 2 ", "edge|lacks"),
        ("O1 2T", "O112T", "twice"),
    ],
)
def test_bad_layouts_are_named(before, after_, words):
    with pytest.raises(InputError, match=words):
        kitchen_helper(LAYOUT.replace(before, after_))
