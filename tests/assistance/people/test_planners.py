import numpy as np
import pytest

from assisting import SMALL
from comity.assistance.games import build, catalogue_game
from comity.assistance.people import (
    check_procedure,
    demonstrating,
    noisy,
    short_sighted,
    solve_known,
    teaching,
)
from comity.core import InputError


@pytest.mark.parametrize("name", SMALL)
def test_procedures_are_chances_of_allowed_actions(name):
    game = catalogue_game(name)
    for made in (noisy(game, 2.0), demonstrating(game), short_sighted(game, 2.0, 2)):
        check_procedure(made, game)
    check_procedure(teaching(game, 2.0), game)


def test_noise_follows_what_actions_are_worth():
    game = catalogue_game("chef-world", recipes=2)
    worth = solve_known(game).joint.max(axis=-1)
    found = noisy(game, 3.0).table[:, :, game.start]
    logit = np.exp(3 * worth[:, :, game.start])
    assert found == pytest.approx(logit / logit.sum(axis=-1, keepdims=True))


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("cake-or-pie", "asked", ("say cake", "say pie")),
        ("wormy-apples", "wormy apples, asked", ("say compost", "say trash")),
        ("meal-choice", "dough, step 2, asked", ("say apple", "say blueberry")),
    ],
)
def test_answers_are_honest(name, state, words):
    game = catalogue_game(name)
    for made in (noisy(game, 50.0), demonstrating(game), teaching(game, 50.0)):
        table = made.at(1, game.state(state))
        for goal, word in enumerate(words):
            assert table[goal, game.person_actions.index(word)] == pytest.approx(1, abs=1e-6)


def test_alone_the_person_cooks_its_own_recipe():
    game = catalogue_game("chef-world", recipes=2)
    table = demonstrating(game).at(0, game.start)
    assert table[0].tolist() == [0.5, 0.5, 0, 0]  # Pancakes: flour or egg, no matter which.
    assert table[1].tolist() == [0, 0.5, 0.5, 0]  # Meringue: egg or sugar.


def test_teaching_prefers_what_tells():
    game = catalogue_game("chef-world", recipes=2)
    plain, taught = noisy(game, 3.0).at(0, game.start), teaching(game, 3.0).at(0, game.start)
    flour, egg, sugar = 0, 1, 2  # Eggs are in both recipes.
    assert plain[0, flour] == pytest.approx(plain[0, egg])
    assert taught[0, flour] > taught[0, egg]
    assert taught[1, sugar] > taught[1, egg]


def test_the_short_sighted_do_not_see_the_end():
    game = catalogue_game("chef-world", recipes=2)
    near = short_sighted(game, 3.0, 1).at(0, game.start)
    assert near == pytest.approx(0.25)  # Nothing is worth anything one step ahead.
    far = short_sighted(game, 3.0, 4).table
    assert far == pytest.approx(noisy(game, 3.0).table)
    with pytest.raises(InputError, match="steps"):
        short_sighted(game, 3.0, 0)


def test_to_act_alone_an_assistant_must_be_able_to_wait():
    game = build(
        ["table"], ["wait"], ["tea", "coffee"], {"tea": 0.5, "coffee": 0.5},
        step=lambda s, h, a: s, reward=lambda g, s, h, a: float(g == a), start="table", horizon=1,
    )  # fmt: skip
    with pytest.raises(InputError, match="wait"):
        demonstrating(game)
