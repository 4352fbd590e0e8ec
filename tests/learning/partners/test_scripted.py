"""Boundary cases: each does what its name says, and nothing illegal."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.partners.scripted import Always, Mirror, Random, Stubborn
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy, View

ALL = [Always(0), Random(), Stubborn(), Mirror()]


@pytest.mark.parametrize("partner", ALL, ids=lambda partner: partner.name)
def test_they_are_policies(partner):
    assert isinstance(partner, Policy)
    assert partner.kind == "program"


def actions(first, second, **rules):
    environment = make("iterated", **({"horizon": 50} | rules))
    return play(environment, [first, second], 40, 1).actions


def test_always_and_mirror():
    played = actions(Always(1), Mirror())
    assert (played[:, :, 0] == 1).all()
    assert (played[1:, :, 1] == 1).all()
    assert len(np.unique(played[0, :, 1])) == 2


def test_random_is_even():
    played = actions(Random(), Random())
    # 2,000 draws: four standard errors of a half.
    assert played[:, :, 0].mean() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(2000))


def test_stubborn_keeps_to_one_a_game_and_not_the_same_one_always():
    own = actions(Stubborn(), Random())[:, :, 0]
    assert (own == own[0]).all()
    assert len(np.unique(own[0])) == 2


def test_stubborn_settles_anew_in_a_new_game():
    partner = Stubborn()
    lever = make("lever")
    memory = partner.begin(lever, 0, 500, 0)
    state = lever.begin(0, 500)
    view = View(lever.observe(state)[:, 0], lever.legal(state)[:, 0],
                lever.acting(state)[:, 0], state, 0)  # fmt: skip
    first, memory = partner.act(memory, view)
    again, memory = partner.act(memory, view)
    assert np.array_equal(first, again)
    renewed, _ = partner.act(partner.forget(memory, np.ones(500, bool), 0), view)
    assert (renewed != first).any()


@pytest.mark.parametrize("partner", [Always(2), Random(), Stubborn()], ids=lambda p: p.name)
def test_nothing_illegal(partner):
    legal = np.zeros((200, 4), bool)
    legal[:, [1, 3]] = True
    legal[100:, 2] = True
    view = View(None, legal, np.ones(200, bool), None, 0)
    memory = partner.begin(make("overcooked"), 0, 200, 0)
    for _ in range(3):
        chosen, memory = partner.act(memory, view)
        assert legal[np.arange(200), chosen].all()
    if partner.name == "always 2":
        assert (chosen[100:] == 2).all()


def test_who_does_not_fit():
    with pytest.raises(InputError, match="0 to 5"):
        Always(6).begin(make("overcooked"), 0, 1, 0)
    with pytest.raises(InputError, match="iterated"):
        Mirror().begin(make("overcooked"), 0, 1, 0)
    uneven = {"payoffs": np.zeros((2, 2, 3)).tolist()}
    with pytest.raises(InputError, match="same actions"):
        Mirror().begin(make("iterated", game=uneven), 0, 1, 0)
