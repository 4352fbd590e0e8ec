import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.exact.decentralised import optimum
from comity.learning.exact.plays import Plays, enumerate_plays
from comity.learning.training.off_belief import off_belief

GAMES = "ABCDEFG"


def by_hand(payoffs):
    """Level 1 from the payoffs: under uniform partners what is said tells nothing."""
    cards, others, said, done = payoffs.shape
    second = payoffs.mean(axis=0)
    replies = np.zeros((others, said, done))
    for b in range(others):
        for a in range(said):
            best = np.isclose(second[b, a], second[b, a].max())
            replies[b, a] = best / best.sum()
    outcome = np.einsum("cbsd,bsd->cbs", payoffs, replies)
    total = 0.0
    for c in range(cards):
        worth = outcome[c].mean(axis=0)
        best = np.isclose(worth, worth.max())
        total += (worth * best / best.sum()).sum() / cards
    return total


@pytest.mark.parametrize("game", GAMES)
def test_the_first_level_is_that_worked_out_by_hand(game):
    environment = make("tiny hanabi", game=game)
    found = off_belief(environment)
    assert found.value.kind == "exact"
    assert found.value.value == pytest.approx(by_hand(environment.payoffs.astype(float)))


@pytest.mark.parametrize("game", GAMES)
def test_no_level_beats_the_optimum(game):
    plays = enumerate_plays(make("tiny hanabi", game=game))
    best = optimum(plays).value.value
    assert all(off_belief(plays, level=k).value.value <= best + 1e-9 for k in (1, 2, 3))


def test_levels_learn_to_read_what_others_do():
    plays = enumerate_plays(make("tiny hanabi", game="B"))
    assert off_belief(plays, level=1).value.value == pytest.approx(0.625)
    assert off_belief(plays, level=2).value.value == pytest.approx(1.0)


def test_a_high_temperature_is_no_policy_in_particular():
    plays = enumerate_plays(make("tiny hanabi", game="E"))
    warm = off_belief(plays, temperature=1e9)
    assert warm.policies[0] == pytest.approx(np.full((2, 3), 1 / 3))
    cold = off_belief(plays, temperature=1e-6)
    assert cold.value.value == pytest.approx(off_belief(plays).value.value)


def test_games_it_is_not_defined_for():
    plays = enumerate_plays(make("tiny hanabi"))
    with pytest.raises(InputError, match="in turn"):
        off_belief(make("lever"))
    with pytest.raises(InputError, match="share"):
        off_belief(Plays(plays.chances, plays.returns * [1, 2], plays.sets))
    with pytest.raises(InputError, match="policy"):
        off_belief(plays, level=0)
