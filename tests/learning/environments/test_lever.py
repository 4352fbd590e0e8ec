import itertools

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.check import check_environment
from comity.learning.environments.lever import Lever


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_it_keeps_the_protocol(engine):
    assert check_environment(Lever(engine)).faults == ()


def test_all_pairs_of_levers_are_paid_by_the_rule():
    lever = Lever()
    pairs = np.array(list(itertools.product(range(10), repeat=2)), dtype=np.int32)
    rewards = lever.step(lever.begin(0, 100), pairs).rewards
    worth = [1.0] * 9 + [0.9]
    expected = [[worth[one]] * 2 if one == other else [0.0] * 2 for one, other in pairs]
    assert rewards == pytest.approx(np.array(expected))


def test_self_play_meets_strangers_at_one_in_nine_and_other_play_at_nine_tenths():
    """The figures of Hu et al. 2020: mean over all renamings of a lever, for each choice."""
    lever = Lever()
    means = [
        np.mean(
            [
                lever.step(lever.begin(0, 1), np.array([[mine, theirs]])).rewards[0, 0]
                for theirs in (range(9) if mine < 9 else [9])
            ]
        )
        for mine in range(10)
    ]
    assert means == pytest.approx([1 / 9] * 9 + [0.9])


def test_its_symmetry_holds_the_nine_levers():
    (symmetry,) = Lever().shape.symmetries
    assert symmetry.actions.tolist() == [[lever] for lever in range(9)]
    assert symmetry.observations.shape == (9, 0)
    two = Lever(payoffs=[1, 2, 1, 2, 3]).shape.symmetries
    assert [one.actions.ravel().tolist() for one in two] == [[1, 3], [0, 2]]


def test_more_than_two_must_all_agree():
    lever = Lever(players=3)
    pulls = np.array([[4, 4, 4], [4, 4, 5]])
    assert lever.step(lever.begin(0, 2), pulls).rewards[:, 0].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    "rules",
    [{"payoffs": [1.0]}, {"payoffs": [1, np.nan]}, {"payoffs": [[1, 2]]}, {"players": 1}],
)
def test_rules_that_make_no_game_are_refused(rules):
    with pytest.raises(InputError):
        Lever(**rules)


def test_a_lever_that_is_not_there_and_a_second_pull_are_refused():
    lever = Lever()
    fresh = lever.begin(0, 1)
    with pytest.raises(InputError):
        lever.step(fresh, np.array([[0, -1]]))
    with pytest.raises(InputError):
        lever.step(lever.step(fresh, np.array([[0, 0]])).state, np.array([[0, 0]]))


def test_levers_are_told_in_words():
    assert Lever().describe(0, 9) == "pull lever 10 (pays 0.9)"
