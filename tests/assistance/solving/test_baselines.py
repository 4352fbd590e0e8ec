import numpy as np
import pytest

from assisting import SMALL
from comity.assistance.games import build, catalogue_game
from comity.assistance.people import RATIONAL, demonstrating, noisy
from comity.assistance.solving import (
    Idle,
    evaluate_assistant,
    inverse_reward,
    obey,
    solve_assistance,
)
from comity.assistance.solving.baselines import updated
from comity.core import InputError


@pytest.mark.parametrize("name", SMALL)
def test_no_baseline_beats_the_best_plan(name):
    game = catalogue_game(name)
    for person in (RATIONAL, noisy(game, 2.0), demonstrating(game)):
        best = solve_assistance(game, person).value.value
        for assistant in (inverse_reward(game), obey(game), Idle(game)):
            found = evaluate_assistant(game, assistant, person).value.value
            assert found <= best + 1e-9


def test_to_infer_first_is_never_to_ask():
    """Guesses cake, though a question would be worth its price (0.8025)."""
    game = catalogue_game("cake-or-pie")
    found = evaluate_assistant(game, inverse_reward(game), RATIONAL).value.value
    assert found == pytest.approx(0.6)


def test_beliefs_are_bayes():
    game = catalogue_game("chef-world", recipes=2)
    assistant = inverse_reward(game)
    start = assistant.begin()
    flour, egg = game.person_actions.index("flour"), game.person_actions.index("egg")
    assert assistant.after(game.start, start, flour, 0).chances == (1.0, 0.0)
    assert assistant.after(game.start, start, egg, 0).chances == (0.5, 0.5)
    wait = game.person_actions.index("wait")
    assert assistant.after(game.start, start, wait, 0).chances == (0.5, 0.5)  # Nobody would.


def test_obeying_repeats_the_last_order():
    game = catalogue_game("chef-world", recipes=2)
    assistant = obey(game)
    assert game.assistant_actions[assistant.act(game.start, assistant.begin())] == "wait"
    egg = game.person_actions.index("egg")
    memory = assistant.after(game.start, assistant.begin(), egg, 0)
    assert game.assistant_actions[assistant.act(game.start, memory)] == "egg"
    assert assistant.after(game.start, memory, game.person_actions.index("wait"), 0) == memory


def test_a_person_who_is_obeyed_has_two_hands_more_a_step_later():
    game = catalogue_game("chef-world", recipes=2)
    assert evaluate_assistant(game, obey(game), RATIONAL).value.value == pytest.approx(
        0.95**2
    )  # One step later.


def test_without_help():
    game = catalogue_game("chef-world", recipes=2)
    alone = evaluate_assistant(game, Idle(game), RATIONAL).value.value
    assert alone == pytest.approx(0.95**3)  # Four units, one a step.


def test_baselines_say_what_they_need():
    game = build(
        ["table"], ["wait"], ["tea", "coffee"], {"tea": 0.5, "coffee": 0.5},
        step=lambda s, h, a: s, reward=lambda g, s, h, a: float(g == a), start="table", horizon=1,
    )  # fmt: skip
    with pytest.raises(InputError, match="order"):
        obey(game)
    with pytest.raises(InputError, match="do not depend"):
        inverse_reward(catalogue_game("cake-or-pie"), RATIONAL)


def test_updates_by_hand():
    assert updated(np.array([0.2, 0.8]), np.array([1.0, 0.25])).tolist() == [0.5, 0.5]
    assert updated(np.array([0.2, 0.8]), np.zeros(2)).tolist() == [0.2, 0.8]
