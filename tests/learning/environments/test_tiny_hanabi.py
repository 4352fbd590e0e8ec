import itertools
from fractions import Fraction

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.check import check_environment
from comity.learning.environments.tiny_hanabi import OPTIMA, PAYOFFS, TinyHanabi


@pytest.mark.parametrize("engine", ["numba", "jax"])
@pytest.mark.parametrize("game", PAYOFFS)
def test_it_keeps_the_protocol(engine, game):
    assert check_environment(TinyHanabi(engine, game), size=4).faults == ()


def best_total(payoffs):
    """The best sum over deals: each first player's rule, against the best reply to it."""
    cards, actions = payoffs.shape[0], payoffs.shape[2]
    return max(
        sum(
            max(
                sum(
                    payoffs[mine, theirs, said, reply]
                    for mine in range(cards)
                    if rule[mine] == said
                )
                for reply in range(actions)
            )
            for theirs in range(cards)
            for said in range(actions)
        )
        for rule in itertools.product(range(actions), repeat=cards)
    )


@pytest.mark.parametrize("game", PAYOFFS)
def test_the_best_of_all_pairs_of_rules_gets_what_is_published(game):
    payoffs = np.array(PAYOFFS[game])
    published = Fraction(OPTIMA[game]).limit_denominator(9)
    assert Fraction(int(best_total(payoffs)), payoffs.shape[0] ** 2) == published


@pytest.mark.parametrize("game", PAYOFFS)
def test_every_deal_and_every_pair_of_actions_is_paid_from_the_table(game):
    hanabi = TinyHanabi(game=game)
    cards, actions = hanabi.payoffs.shape[0], hanabi.payoffs.shape[2]
    runs = list(itertools.product(range(cards), range(cards), range(actions), range(actions)))
    state = hanabi.start([{"cards": [mine, theirs]} for mine, theirs, _, _ in runs])
    first = np.array([[said, 0] for _, _, said, _ in runs])
    second = np.array([[0, reply] for _, _, _, reply in runs])
    middle = hanabi.step(state, first)
    end = hanabi.step(middle.state, second)
    assert not middle.done.any()
    assert not middle.rewards.any()
    assert end.done.all()
    assert end.rewards[:, 0].tolist() == [PAYOFFS[game][a][b][c][d] for a, b, c, d in runs]
    assert np.array_equal(end.rewards[:, 0], end.rewards[:, 1])


def test_a_player_sees_its_own_card_and_what_was_said():
    hanabi = TinyHanabi(game="E")
    state = hanabi.start({"cards": [0, 1]})
    assert hanabi.observe(state)[0].tolist() == [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]
    said = hanabi.step(state, np.array([[2, 0]])).state
    assert hanabi.observe(said)[0].tolist() == [[1, 0, 0, 0, 1], [0, 1, 0, 0, 1]]


@pytest.mark.parametrize("given", [{}, {"cards": [0]}, {"cards": [0, 2]}, {"deck": [0, 1]}])
def test_cards_that_are_none_are_refused(given):
    with pytest.raises(InputError):
        TinyHanabi().start(given)


def test_an_unknown_game_is_refused():
    with pytest.raises(InputError, match="A, B, C"):
        TinyHanabi(game="H")
