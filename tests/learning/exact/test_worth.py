import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.exact.decentralised import optimum
from comity.learning.exact.plays import enumerate_plays
from comity.learning.exact.worth import worth
from comity.learning.training.tabular import Tabular, tables
from lever_players import Puller


def test_levers():
    lever = make("lever")
    assert worth(lever, [Puller(9), Puller(9)]) == pytest.approx([0.9, 0.9])
    assert worth(lever, [Puller(0), Puller(9)]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("game", "ABCDEFG")
def test_the_best_tables_are_worth_the_optimum(game):
    environment = make("tiny hanabi", game=game)
    plays = enumerate_plays(environment)
    best = optimum(plays)
    policy = Tabular("best", "tiny hanabi", {"game": game}, tables(plays, best.policies))
    assert worth(environment, [policy] * 2) == pytest.approx([best.value.value] * 2)


def test_constant_players_get_the_mean_of_their_payoffs():
    environment = make("tiny hanabi", game="F")
    expected = environment.payoffs[:, :, 1, 0].mean()
    assert worth(environment, [Puller(1), Puller(0)]) == pytest.approx(np.full(2, expected))


def test_chance_that_cannot_be_listed():
    with pytest.raises(InputError):
        worth(make("hanabi"), [Puller(0)] * 2)
