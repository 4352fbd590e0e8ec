import numpy as np
import pytest

from comity.core import InputError, Intractable
from comity.learning.environments.make import make
from comity.learning.exact import plays as module
from comity.learning.exact.plays import enumerate_plays


def test_the_plays_of_tiny_hanabi():
    environment = make("tiny hanabi", game="A")
    plays = enumerate_plays(environment)
    assert plays.common
    assert len(plays.chances) == 2 * 2 * 2 * 2
    assert plays.chances.sum() == pytest.approx(2 * 2)
    assert sorted(plays.returns[:, 0]) == sorted(environment.payoffs.ravel())
    first, second = plays.sets
    assert len(first.legal) == 2
    assert first.policies == 4
    assert len(second.legal) == 4
    assert second.policies == 16


def test_uniform_players_reach_plays_with_chances_that_sum_to_one():
    plays = enumerate_plays(make("tiny hanabi", game="E"))
    reach = plays.chances.copy()
    for sets in plays.sets:
        reach *= sets.followed(sets.uniform())
    assert reach.sum() == pytest.approx(1.0)
    assert reach @ plays.returns[:, 0] == pytest.approx(
        make("tiny hanabi", game="E").payoffs.mean()
    )


def test_those_who_move_at_once_do_not_see_each_other():
    plays = enumerate_plays(make("lever"))
    assert [len(sets.legal) for sets in plays.sets] == [1, 1]
    assert len(plays.returns) == 100
    assert np.count_nonzero(plays.returns[:, 0]) == 10


class Unlistable:
    name = "no such thing"


def test_chance_that_cannot_be_listed():
    with pytest.raises(InputError, match="no such thing"):
        enumerate_plays(Unlistable())


def test_too_many_plays(monkeypatch):
    monkeypatch.setattr(module, "MAX_PLAYS", 50)
    with pytest.raises(Intractable):
        enumerate_plays(make("lever"))
