from itertools import product

import numpy as np
import pytest

from comity.core import InputError, Intractable
from comity.learning.environments.make import make
from comity.learning.exact import decentralised as module
from comity.learning.exact.decentralised import optimum, reply, values
from comity.learning.exact.plays import Plays, enumerate_plays

PUBLISHED = {"A": 2.25, "B": 1.0, "C": 2.5, "D": 2.5, "E": 10.0, "F": 7 / 3, "G": 4.0}


@pytest.mark.parametrize("game", PUBLISHED)
def test_the_optima_of_tiny_hanabi_are_the_published_ones(game):
    found = optimum(make("tiny hanabi", game=game))
    assert found.value.kind == "exact"
    assert found.value.value == pytest.approx(PUBLISHED[game])


def everything(payoffs):
    """The best average by loops over all pairs of deterministic policies, from the payoffs."""
    cards, _, said, done = payoffs.shape
    best = -np.inf
    for first in product(range(said), repeat=cards):
        for second in product(range(done), repeat=cards * said):
            pairs = [
                payoffs[a, b, first[a], second[b * said + first[a]]]
                for a in range(cards)
                for b in range(payoffs.shape[1])
            ]
            best = max(best, np.mean(pairs))
    return best


@pytest.mark.parametrize("game", "ABCDG")
def test_no_pair_of_policies_does_better(game):
    environment = make("tiny hanabi", game=game)
    assert optimum(environment).value.value == pytest.approx(everything(environment.payoffs))


def test_the_policies_found_are_worth_what_is_said():
    plays = enumerate_plays(make("tiny hanabi", game="E"))
    found = optimum(plays)
    assert values(plays, found.policies) == pytest.approx([10.0, 10.0])


def test_the_lever_game():
    plays = enumerate_plays(make("lever"))
    assert optimum(plays).value.value == 1.0
    uniform = [sets.uniform() for sets in plays.sets]
    assert values(plays, uniform) == pytest.approx([9.9 / 100] * 2)
    odd = [uniform[0], np.eye(10)[[9]]]
    worth, table = reply(plays, odd, 0)
    assert worth == pytest.approx(0.9)
    assert table.argmax() == 9


def test_a_reply_is_at_least_as_good_as_any_other():
    plays = enumerate_plays(make("tiny hanabi", game="F"))
    rng = np.random.default_rng(0)
    for player in (0, 1):
        policies = [rng.dirichlet(np.ones(2), size=len(sets.legal)) for sets in plays.sets]
        worth, table = reply(plays, policies, player)
        policies[player] = table
        assert values(plays, policies)[player] == pytest.approx(worth)
        for _ in range(20):
            policies[player] = rng.dirichlet(np.ones(2), size=len(table))
            assert values(plays, policies)[player] <= worth + 1e-12


def test_three_who_move_at_once():
    assert optimum(make("lever", payoffs=[1, 2, 2], players=3)).value.value == 2.0


def test_rewards_that_are_not_shared():
    plays = enumerate_plays(make("lever"))
    with pytest.raises(InputError, match="share"):
        optimum(Plays(plays.chances, plays.returns * [1, 2], plays.sets))


def test_too_many_policies(monkeypatch):
    monkeypatch.setattr(module, "MAX_JOINT", 3)
    with pytest.raises(Intractable):
        optimum(make("lever"))
