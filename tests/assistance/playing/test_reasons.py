import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.games.catalogue import cake_or_pie
from comity.assistance.people import noisy
from comity.assistance.playing.reasons import entropy, reason, words
from comity.assistance.solving import solve_assistance


def test_why_it_asks():
    game = cake_or_pie()
    assistant = solve_assistance(game).assistant
    found = reason(assistant, game.start, 4, game.prior)
    best = found.options[0]
    assert game.assistant_actions[best.action] == "ask"
    assert best.worth == pytest.approx(0.95**2 - 0.1)
    assert best.bits == pytest.approx(entropy(game.prior))
    assert found.knowing == pytest.approx(1 - best.worth)
    by_name = {game.assistant_actions[o.action]: o for o in found.options}
    assert by_name["bake cake"].worth == pytest.approx(0.6)
    assert by_name["bake cake"].bits == 0
    assert words(found, game.assistant_actions).startswith("To learn what you want")


def test_why_it_does_not():
    game = cake_or_pie(0.95)
    found = reason(solve_assistance(game).assistant, game.start, 4, game.prior)
    assert words(found, game.assistant_actions).startswith("On what it believes")
    sure = reason(solve_assistance(game).assistant, game.start, 4, np.array([1.0, 0.0]))
    assert words(sure, game.assistant_actions).startswith("It is sure")
    asked = reason(solve_assistance(game).assistant, game.state("asked"), 3, game.prior)
    assert words(asked, game.assistant_actions) == "It can do nothing else here."


def test_what_noise_leaves_to_be_known():
    game = catalogue_game("cake-or-pie")
    person = noisy(game, 1.0)
    assistant = solve_assistance(game, person).assistant
    found = reason(assistant, game.start, 4, game.prior)
    ask = next(o for o in found.options if game.assistant_actions[o.action] == "ask")
    said = person.at(1, game.state("asked"))
    left = sum(
        float(game.prior @ said[:, h])
        * entropy(game.prior * said[:, h] / (game.prior @ said[:, h]))
        for h in (1, 2)
    )
    assert ask.bits == pytest.approx(entropy(game.prior) - left)
