import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.lever import Lever
from comity.learning.environments.tiny_hanabi import PAYOFFS, TinyHanabi
from comity.learning.policies.playing import play


class Fixed:
    """Plays by its own card, and counts the games it was told are over."""

    name, kind = "fixed", "program"

    def __init__(self, rule):
        self.rule = np.array(rule)

    def begin(self, environment, player, size, rng):
        return np.zeros(size, dtype=int)

    def act(self, memory, view):
        card = view.observation[:, : len(self.rule)].argmax(axis=1)
        return self.rule[card], memory

    def forget(self, memory, done, rng):
        return memory + done


def test_scores_are_those_of_the_table():
    hanabi = TinyHanabi(game="A")
    played = play(hanabi, [Fixed([0, 1]), Fixed([1, 0])], 50, rng=1)
    cards = np.array([start["cards"] for start in played.given])
    expected = [PAYOFFS["A"][a][b][[0, 1][a]][[1, 0][b]] for a, b in cards]
    assert played.scores[:, 0].tolist() == expected
    assert played.lengths.tolist() == [2] * 50
    assert (played.actions[0, :, 1] == -1).all()
    assert (played.actions[1, :, 0] == -1).all()


def test_the_same_seed_plays_the_same_games():
    one, same, other = (play(TinyHanabi(), [Fixed([0, 1])] * 2, 20, rng=seed) for seed in (1, 1, 2))
    assert one.given == same.given
    assert np.array_equal(one.actions, same.actions)
    assert one.given != other.given


def test_every_seat_needs_a_policy():
    with pytest.raises(InputError, match="one policy a seat"):
        play(Lever(), [Fixed([0])], 1)
