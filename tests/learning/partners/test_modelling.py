import numpy as np
import pytest

from comity.core import InputError
from comity.learning.crossplay.disturbed import Disturbance, Disturbed
from comity.learning.environments.make import make
from comity.learning.exact.best_response import best_response
from comity.learning.partners.catalogue import partner
from comity.learning.partners.modelling import Modeller, follows_changes, takes_for_fixed
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy

ROUNDS = 40
GAME = make("iterated", horizon=ROUNDS)
CHANGES = Disturbance("reforms", "half way it reciprocates", 20, 20, 1.0, "other")


@pytest.mark.parametrize("seat", [0, 1])
@pytest.mark.parametrize("agent", [takes_for_fixed(), follows_changes()])
def test_it_cooperates_with_who_reciprocates(agent, seat):
    assert isinstance(agent, Policy)
    lineup = [agent, partner("tit for tat", GAME)][:: 1 - 2 * seat]
    assert play(GAME, lineup, 3).scores[:, seat].tolist() == [3 * ROUNDS] * 3


def test_it_learns_that_a_defector_defects():
    played = play(GAME, [takes_for_fixed(), partner("defector", GAME)], 2)
    assert (played.actions[-10:, :, 0] == 1).all()


def test_only_who_lets_old_rounds_fade_follows_a_change():
    changed = Disturbed(partner("defector", GAME), CHANGES, partner("tit for tat", GAME))
    last = [
        play(GAME, [agent, changed], 1).actions[-5:, 0].tolist()
        for agent in (takes_for_fixed(), follows_changes())
    ]
    assert last == [[[1, 1]] * 5, [[0, 0]] * 5]


def test_its_reply_is_the_best_one_to_what_it_counted():
    agent = Modeller("counts", keep=1.0, discount=0.9)
    random = partner("random", GAME)
    played = play(GAME, [agent, random], 1, rng=3).actions[:, 0]
    counts = np.full((5, 2), 0.1)
    counts[[0, 1, 2], 0] += 1
    counts[[3, 4], 1] += 1
    before = 0
    for mine, theirs in played:
        chances = counts / counts.sum(axis=1, keepdims=True)
        assert mine == best_response(GAME.game.table[0], chances, 0.9).actions[before]
        counts[before, theirs] += 1
        before = 1 + 2 * mine + theirs


def test_a_new_game_begins_without_experience():
    agent = takes_for_fixed()
    fresh = agent.begin(GAME, 0, 2, 0)
    used = type(fresh)(fresh.table, fresh.counts + 5, fresh.situation + 3)
    after = agent.forget(used, np.array([True, False]), 0)
    assert np.array_equal(after.counts[0], fresh.counts[0])
    assert np.array_equal(after.counts[1], used.counts[1])
    assert after.situation.tolist() == [0, 3]


def test_what_it_cannot_play_or_be():
    with pytest.raises(InputError, match="iterated games"):
        takes_for_fixed().begin(make("lever"), 0, 1, 0)
    with pytest.raises(InputError, match="no such beliefs"):
        Modeller("forgetful", keep=0.0)
