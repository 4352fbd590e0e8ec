"""Strategies of reciprocity against closed forms of the iterated dilemma."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.partners import reciprocity
from comity.learning.partners.reciprocity import MemoryOne
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy, View

ALL = [
    reciprocity.tit_for_tat,
    reciprocity.suspicious_tit_for_tat,
    reciprocity.generous_tit_for_tat,
    reciprocity.win_stay_lose_shift,
    reciprocity.extortioner,
    reciprocity.cooperator,
    reciprocity.defector,
    reciprocity.tit_for_two_tats,
    reciprocity.grim,
]


def scores(first, second, rounds=10, games=1):
    played = play(make("iterated", horizon=rounds), [first, second], games, 0)
    return played.scores.mean(axis=0).tolist()


def moves(partner, others):
    """Return what a strategy does when the other plays given actions."""
    environment = make("iterated", horizon=len(others))
    state, memory, done = environment.begin(0, 1), None, []
    memory = partner.begin(environment, 0, 1, 0)
    for other in others:
        action, memory = partner.act(memory, View(None, None, np.array([True]), state, 0))
        done.append(int(action[0]))
        state = environment.step(state, [[done[-1], other]]).state
    return done


@pytest.mark.parametrize("make_one", ALL, ids=lambda one: one.__name__)
def test_they_are_policies(make_one):
    assert isinstance(make_one(), Policy)


# The dilemma pays 3 each, 0 and 5, 1 each.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (reciprocity.tit_for_tat, reciprocity.tit_for_tat, [30, 30]),
        (reciprocity.tit_for_tat, reciprocity.defector, [9, 14]),
        (reciprocity.suspicious_tit_for_tat, reciprocity.tit_for_tat, [25, 25]),
        (reciprocity.win_stay_lose_shift, reciprocity.defector, [5, 30]),
        (reciprocity.win_stay_lose_shift, reciprocity.cooperator, [30, 30]),
        (reciprocity.grim, reciprocity.suspicious_tit_for_tat, [13, 13]),
        (reciprocity.tit_for_two_tats, reciprocity.defector, [8, 18]),
    ],
)
def test_scores_of_ten_rounds_by_hand(first, second, expected):
    assert scores(first(), second()) == expected


def test_moves_by_hand():
    others = [0, 1, 0, 1, 1, 0, 0]
    assert moves(reciprocity.tit_for_tat(), others) == [0, 0, 1, 0, 1, 1, 0]
    assert moves(reciprocity.tit_for_two_tats(), others) == [0, 0, 0, 0, 0, 1, 0]
    assert moves(reciprocity.grim(), others) == [0, 0, 1, 1, 1, 1, 1]
    assert moves(reciprocity.win_stay_lose_shift(), others) == [0, 0, 1, 1, 0, 1, 1]


def test_generosity_forgives_a_third_of_the_time():
    played = play(
        make("iterated", horizon=500),
        [reciprocity.generous_tit_for_tat(), reciprocity.defector()],
        20,
        3,
    )
    assert (played.actions[1:, :, 0] == 0).mean() == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.parametrize("after", [(0.9, 0.5, 0.5, 0.3), (0.7, 0.2, 0.8, 0.6)])
def test_the_extortioner_takes_three_times_what_it_leaves(after):
    # Press and Dyson 2012: s_x - 1 = 3 (s_y - 1) against whoever plays.
    own, other = scores(reciprocity.extortioner(), MemoryOne("any", 0.5, after), 2000, 100)
    assert own / 2000 - 1 == pytest.approx(3 * (other / 2000 - 1), abs=0.06)
    assert own / 2000 > 1.2


def test_grim_begins_anew_in_a_new_game():
    partner = reciprocity.grim()
    memory = partner.begin(make("iterated"), 0, 2, 0)
    memory.wrongs[:] = 3
    assert partner.forget(memory, np.array([True, False]), 0).wrongs.tolist() == [0, 3]


def test_what_does_not_fit():
    with pytest.raises(InputError, match="two actions"):
        reciprocity.tit_for_tat().begin(make("iterated", game="commons"), 0, 1, 0)
    with pytest.raises(InputError, match="chances"):
        MemoryOne("odd", 2, (0, 0, 0, 0))
