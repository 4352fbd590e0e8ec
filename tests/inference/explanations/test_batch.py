"""Batches: every number of every situation and row is where it should be, and no other is there."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.plans import decisions_by_state
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import make_batch, stack, typical_size

RNG = np.random.default_rng(0)


def acting(menus, options, **features):
    """A situation at random in which others act from menus of these sizes."""
    shape = (options, int(np.prod(menus)), 3)
    names = tuple(tuple(f"{i}{k}" for k in range(size)) for i, size in enumerate(menus))
    chances = RNG.dirichlet(np.ones(shape[1]))
    history = {name: RNG.uniform(size=shape[:2]) for name in features}
    return Situation(
        [f"option {k}" for k in range(options)],
        RNG.uniform(size=shape),
        menus=names,
        contingencies=chances,
        history=history,
    )


def test_joint_choices_keep_their_place_in_wider_menus():
    first, second = acting((2, 3), 2, seen=1), acting((3, 2), 4)
    found, menus = stack([first, second])
    assert menus == (3, 3)
    assert found.payoffs.shape == (2, 4, 9, 3)
    for g, (situation, sizes) in enumerate([(first, (2, 3)), (second, (3, 2))]):
        own = situation.shape[0]
        cells = found.payoffs[g].reshape(4, 3, 3, 3)
        there = situation.payoffs.reshape(own, *sizes, 3)
        np.testing.assert_array_equal(cells[:own, : sizes[0], : sizes[1]], there)
        assert cells.sum() == pytest.approx(there.sum())
        present = np.zeros((3, 3), bool)
        present[: sizes[0], : sizes[1]] = True
        np.testing.assert_array_equal(found.present[g], present.ravel())
        chances = found.contingencies[g].reshape(3, 3)
        np.testing.assert_array_equal(
            chances[: sizes[0], : sizes[1]], situation.contingencies.reshape(sizes)
        )
        assert found.options[g].tolist() == [True] * own + [False] * (4 - own)
    seen = found.history["seen"]
    np.testing.assert_array_equal(
        seen[0].reshape(4, 3, 3)[:2, :2, :3], first.history["seen"].reshape(2, 2, 3)
    )
    assert (seen[1] == 0).all()


def test_features_take_no_more_room_than_they_need():
    pies = [
        Situation("ab", [[1, 2], [2, 1]], history={"round": 3, "resists": [0, 1]}),
        Situation("abc", [[1, 2], [2, 1], [0, 0]], history={"round": 4}),
    ]
    found, _ = stack(pies)
    assert found.history["round"].tolist() == [[[3]], [[4]]]
    assert found.history["resists"][..., 0].tolist() == [[0, 1, 0], [0, 0, 0]]
    assert found.history["delays"].shape == (2, 2)
    assert found.transitions is None


def test_transitions_are_filled_up_with_nothing():
    maze = decisions_by_state("ab", "xyz", np.ones((2, 3, 2)), np.stack([np.eye(3)] * 2))
    found, _ = stack([maze[0], Situation("abc", [[1, 2], [2, 1], [0, 0]])])
    assert found.transitions.shape == (2, 3, 3, 3)
    np.testing.assert_array_equal(found.transitions[0, :2], maze[0].transitions)
    assert found.transitions[0, 2].sum() == found.transitions[1].sum() == 0


def test_rows_stand_by_person_sequence_and_order():
    pie = Situation("abc", [[1, 2], [2, 1], [0, 0]])
    # Person 1 plays sequence 7, begun last, between its rows of sequence 5.
    evidence = Evidence(
        (pie, pie),
        ("Ana", "Ben"),
        person=np.array([1, 0, 1, 1, 1]),
        situation=np.array([0, 1, 1, 0, 1]),
        choice=np.array([0, 1, 2, 1, 0]),
        sequence=np.array([7, 3, 5, 5, 7]),
        order=np.array([1, 0, 0, 2, 3]),
        others=np.array([0, -1, -1, 0, -1]),
    )
    batch, places = make_batch(evidence)
    assert places.tolist() == [[1, -1, -1, -1], [2, 3, 0, 4]]
    assert batch.rows.choice.tolist() == [[1, 0, 0, 0], [2, 1, 0, 0]]
    assert batch.rows.situation.tolist() == [[1, 0, 0, 0], [1, 0, 0, 1]]
    assert batch.rows.others.tolist() == [[-1] * 4, [-1, 0, 0, -1]]
    assert batch.rows.weight.tolist() == [[1, 0, 0, 0], [1, 1, 1, 1]]
    assert batch.rows.first.tolist()[1] == [True, False, True, False]
    assert batch.people == 2


def test_what_came_about_moves_with_the_menus():
    narrow, wide = acting((2, 2), 2), acting((2, 3), 2)
    evidence = Evidence(
        (narrow, wide),
        ("Ana",),
        np.zeros(4, int),
        np.array([0, 0, 0, 1]),
        np.zeros(4, int),
        others=np.array([1, 2, -1, 5]),
    )
    batch, _ = make_batch(evidence)
    # Of 2 x 2 joint choices the third, (1, 0), is the fourth of 2 x 3.
    assert batch.rows.others.tolist() == [[1, 3, -1, 5]]


def test_scale():
    pies = [Situation("ab", [[0, 5], [r, 5]]) for r in (2, 10, 4)]
    assert typical_size(pies) == 4
    assert typical_size([Situation("ab", [[3, 1], [3, 8]])]) == 7
    assert typical_size([Situation("ab", [[3, 3], [3, 3]])]) == 1
    evidence = Evidence(tuple(pies), ("Ana",), np.zeros(1, int), np.zeros(1, int), np.zeros(1, int))
    assert make_batch(evidence)[0].scale == 4
    assert make_batch(evidence, scale=9.0)[0].scale == 9


@pytest.mark.parametrize(
    ("situations", "message"),
    [
        ([], "no situation"),
        ([Situation("ab", [[1], [2]]), Situation("ab", [[1, 2], [2, 1]])], "how many they pay"),
        ([acting((2, 2), 2), Situation("ab", np.ones((2, 1, 3)))], "how many players act"),
    ],
)
def test_what_does_not_stack(situations, message):
    with pytest.raises(InputError, match=message):
        stack(situations)
