import numpy as np
import pytest

from comity.core import InputError
from comity.learning.crossplay.disturbed import (
    Disturbance,
    Disturbed,
    next_legal,
    standard_disturbances,
)
from comity.learning.policies.protocol import View
from lever_players import Puller

GAMES = 4000


def moved(disturbance, steps, other=None):
    """How often each of four actions is taken at each step, where the policy takes the first."""
    policy = Disturbed(Puller(0), disturbance, other)
    legal = np.ones((GAMES, 4), dtype=bool)
    view = View(np.zeros((GAMES, 1)), legal, np.ones(GAMES, dtype=bool), None, 0)
    memory = policy.begin(None, 0, GAMES, 0)
    shares = []
    for _ in range(steps):
        actions, memory = policy.act(memory, view)
        shares.append(np.bincount(actions, minlength=4) / GAMES)
    return np.array(shares)


def test_errors_are_random_moves_at_the_stated_rate():
    shares = moved(Disturbance("errs", "", 0, 0, 0.4, "random"), 3)
    assert shares[:, 0] == pytest.approx([0.7] * 3, abs=0.03)
    assert shares[:, 1:] == pytest.approx(np.full((3, 3), 0.1), abs=0.02)


def test_another_takes_over_at_once_or_bit_by_bit():
    at_once = moved(Disturbance("", "", 2, 2, 1.0, "other"), 4, Puller(3))
    assert at_once[:, 3].tolist() == [0, 0, 1, 1]
    slowly = moved(Disturbance("", "", 0, 3, 1.0, "other"), 5, Puller(3))
    assert slowly[:, 3] == pytest.approx([0.25, 0.5, 0.75, 1, 1], abs=0.03)


def test_an_edit_exchanges_actions_from_its_time_on():
    shares = moved(Disturbance("", "", 1, 1, 1.0, "edited"), 3)
    assert shares[:, :2].tolist() == [[1, 0], [0, 1], [0, 1]]


def test_only_legal_moves_are_made():
    legal = np.array([[True, False, True], [True, False, False], [False, True, True]])
    assert next_legal(np.array([0, 0, 2]), legal).tolist() == [2, 0, 1]
    policy = Disturbed(Puller(0), Disturbance("", "", 0, 0, 1.0, "random"))
    many = np.tile(legal[:1], (GAMES, 1))
    view = View(np.zeros((GAMES, 1)), many, np.ones(GAMES, dtype=bool), None, 0)
    actions, _ = policy.act(policy.begin(None, 0, GAMES, 0), view)
    assert set(actions) == {0, 2}


def test_a_new_game_begins_undisturbed():
    policy = Disturbed(Puller(0), Disturbance("", "", 1, 1, 1.0, "other"), Puller(3))
    memory = policy.begin(None, 0, 2, 0)._replace(step=np.array([5, 5]))
    assert policy.forget(memory, np.array([True, False]), 0).step.tolist() == [0, 5]
    assert policy.kind == "learned"
    assert policy.name == "puller that "


def test_the_standard_ones():
    names = [one.name for one in standard_disturbances(10, other=True)]
    assert names == ["errs", "drifts", "is edited", "hands over at once", "hands over gradually"]
    assert len(standard_disturbances(1, other=False)) == 3


@pytest.mark.parametrize(
    "wrong", [(0, 0, 2.0, "random"), (2, 1, 1.0, "other"), (0, 0, 0.5, "swapped")]
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        Disturbance("", "", *wrong)


def test_nobody_takes_over():
    with pytest.raises(InputError):
        Disturbed(Puller(0), Disturbance("", "", 0, 0, 1.0, "other"))
