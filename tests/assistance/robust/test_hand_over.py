import numpy as np
import pytest

from comity.assistance.games import build, catalogue_game
from comity.assistance.people import RATIONAL, noisy
from comity.assistance.robust import hand_over
from comity.core import InputError


def by_definition(game, person, step):
    """Watch for some steps, then act on what is believed: no more is learnt, all is averaged."""
    wait = game.waiting

    def alone(state, belief, left):
        """The best of acting on a belief that no longer moves."""
        if left == 0 or game.final[state]:
            return 0.0
        return max(
            belief @ game.rewards[:, state, wait[0], a]
            + game.discount
            * sum(c * alone(s, belief, left - 1) for _, s, c in game.successors(state, wait[0], a))
            for a in np.flatnonzero(game.assistant_allowed[state])
        )

    def watch(state, belief, t):
        if t == step or game.final[state]:
            return alone(state, belief, game.horizon - t)
        total = 0.0
        for h in range(game.shape[1]):
            said = belief * person.at(t, state)[:, h]
            if said.sum() > 0:
                rest = sum(
                    c * watch(s, said / said.sum(), t + 1)
                    for _, s, c in game.successors(state, h, wait[1])
                )
                total += said @ game.rewards[:, state, h, wait[1]]
                total += game.discount * said.sum() * rest
        return total

    return watch(game.start, game.prior, 0)


@pytest.mark.parametrize("recipes", [2, 3])
def test_values_from_the_definition(recipes):
    game = catalogue_game("chef-world", recipes=recipes, horizon=3)
    person = noisy(game, 10.0)
    found = hand_over(game, person)
    expected = [by_definition(game, person, step) for step in range(4)]
    assert [v.value for v in found.values] == pytest.approx(expected)
    assert found.best_step == int(np.argmax(expected))
    assert found.throughout.value >= max(expected) - 1e-9
    assert found.lost.value == pytest.approx(found.throughout.value - max(expected))
    assert found.lost.kind == "exact"


def test_questions_that_matter_later_cannot_be_asked_before():
    """Who answers only before the hand-over is asked of worms that may not be there."""
    game = catalogue_game("wormy-apples")
    found = hand_over(game, RATIONAL)
    assert found.lost.value > 0.1


def test_bounds_where_not_all_is_exact():
    game = catalogue_game("chef-world", recipes=4, horizon=3)
    found = hand_over(game, noisy(game, 10.0))
    assert found.lost.kind == "estimate"
    assert found.lost.low <= found.lost.value <= found.lost.high + 1e-12


def test_refusals():
    with pytest.raises(InputError, match="waiting"):
        hand_over(build(
            ["table"], ["point"], ["tea", "coffee"], {"tea": 0.5, "coffee": 0.5},
            step=lambda s, h, a: s, reward=lambda g, s, h, a: float(g == a), start="table",
            horizon=1,
        ))  # fmt: skip
    game = catalogue_game("chef-world", recipes=2)
    with pytest.raises(InputError, match="horizon"):
        hand_over(game.with_fields(horizon=None))


def test_who_errs_had_better_be_stopped():
    """A person who cooks at random spoils the dish: to act at once, alone, is worth more."""
    game = catalogue_game("chef-world", recipes=2)
    person = noisy(game, 0.1)
    found = hand_over(game, person)
    assert found.best_step == 0
    assert found.values[0].value == pytest.approx(by_definition(game, person, 0))
    assert found.lost.value == pytest.approx(found.throughout.value - found.values[0].value)
    assert found.lost.value < -0.2
