"""Decisions state by state: what is kept, and what is refused."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.plans import decisions_by_state

MOVE = np.array([np.eye(3), np.roll(np.eye(3), 1, axis=1)])


def test_one_situation_per_state():
    rewards = np.arange(6.0).reshape(2, 3)
    found = decisions_by_state(["stay", "go"], "abc", rewards, MOVE, left=4)
    assert [s.name for s in found] == ["a", "b", "c"]
    np.testing.assert_array_equal([s.contingencies for s in found], np.eye(3))
    for situation in found:
        np.testing.assert_array_equal(situation.payoffs[..., 0], rewards)
        np.testing.assert_array_equal(situation.transitions, MOVE)
        assert situation.history["left"].item() == 4


def test_rewards_may_be_features():
    found = decisions_by_state(["stay", "go"], "abc", np.ones((2, 3, 4)), MOVE)
    assert found[0].shape == (2, 3, 4)


@pytest.mark.parametrize(
    ("rewards", "transitions", "message"),
    [
        (np.ones((3, 2)), MOVE, "rewards do not fit"),
        (np.ones((2, 3)), MOVE[0], "transitions do not fit"),
        (np.ones((2, 3)), 2 * MOVE, "sums from 2 to 2"),
        (np.ones((2, 3)), -MOVE, "not chances"),
    ],
)
def test_what_does_not_fit_is_named(rewards, transitions, message):
    with pytest.raises(InputError, match=message):
        decisions_by_state(["stay", "go"], "abc", rewards, transitions)
