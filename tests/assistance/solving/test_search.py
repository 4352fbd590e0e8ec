import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, demonstrating, noisy
from comity.assistance.solving import (
    evaluate_assistant,
    one_person,
    play_out,
    search,
    searching,
    solve_assistance,
)
from comity.core import InputError


@pytest.mark.parametrize("name", ["cake-or-pie", "wormy-apples", "off-switch"])
def test_near_the_best_and_never_above_it(name):
    """What it is worth is worked out exactly, by all that can happen."""
    game = catalogue_game(name)
    person = noisy(game, 4.0)
    best = solve_assistance(game, person).value.value
    found = evaluate_assistant(game, searching(game, person, simulations=4_000), person)
    assert found.value.value <= best + 1e-9
    assert found.value.value >= best - 0.05


def test_first_action_and_its_worth():
    game = catalogue_game("cake-or-pie")
    found = search(
        one_person(game, demonstrating(game)), game.start, game.prior, simulations=20_000
    )
    assert game.assistant_actions[found.action] == "ask"
    bake = game.assistant_actions.index("bake cake")
    assert found.worths[bake] == pytest.approx(0.6, abs=0.05)
    assert found.visits.sum() == 20_000


def test_more_play_is_better_on_average():
    game = catalogue_game("chef-world", recipes=2)
    person = noisy(game, 5.0)
    worth = [
        evaluate_assistant(game, searching(game, person, simulations=n), person).value.value
        for n in (20, 2_000)
    ]
    assert worth[0] < worth[1] <= solve_assistance(game, person).value.value + 1e-9


def test_played_games_agree_with_all_that_can_happen():
    game = catalogue_game("wormy-apples")
    person = noisy(game, 4.0)
    assistant = searching(game, person, simulations=500)
    exact = evaluate_assistant(game, assistant, person).value.value
    found = play_out(assistant.hidden, assistant, 600, rng=1, level=0.999)
    assert found.kind == "estimate"
    assert found.low <= exact <= found.high


def test_same_seed_same_search():
    game = catalogue_game("chef-world")
    hidden = one_person(game, noisy(game, 3.0))
    one, two = (search(hidden, game.start, game.prior, simulations=300, rng=5) for _ in range(2))
    assert (one.visits == two.visits).all()
    other = search(hidden, game.start, game.prior, simulations=300, rng=6)
    assert not np.array_equal(one.worths, other.worths)


def test_beliefs_are_bayes():
    game = catalogue_game("chef-world", recipes=2)
    person = noisy(game, 3.0)
    assistant = searching(game, person, simulations=50)
    after = assistant.after(game.start, assistant.begin(), 0, 0)
    said = person.at(0, game.start)[:, 0]
    assert after.chances == pytest.approx(game.prior * said / (game.prior @ said))


def test_refusals():
    game = catalogue_game("off-switch")
    with pytest.raises(InputError, match="by a table"):
        searching(game, RATIONAL)
    with pytest.raises(InputError, match="simulations"):
        searching(game, simulations=0)
    assistant = searching(game, simulations=5)
    with pytest.raises(InputError, match="too few games"):
        play_out(assistant.hidden, assistant, 1)
