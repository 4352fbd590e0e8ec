from itertools import combinations

import pytest

from comity.core.page.labels import Box, Label, place

FRAME = Box(0, 0, 600, 400)


def test_overlap_is_the_shared_area():
    assert Box(0, 0, 4, 4).overlap(Box(2, 3, 9, 9)) == 2
    assert Box(0, 0, 1, 1).overlap(Box(1, 0, 2, 1)) == 0


def test_outside_counts_every_side():
    assert Box(-3, 0, 10, 405).outside(FRAME) == 8


def test_a_lone_label_stands_beside_its_point():
    (found,) = place([Label(("The deal",), 300, 200)], FRAME, 14)
    assert (found.anchor, found.leader) == ("start", False)
    assert found.box.left > 300


@pytest.mark.parametrize("corner", [(2, 2), (598, 2), (2, 398), (598, 398)])
def test_labels_stay_in_the_frame(corner):
    (found,) = place([Label(("a rather long label",), *corner)], FRAME, 14)
    assert found.box.outside(FRAME) < 1


def test_crowded_labels_do_not_overlap():
    labels = [Label((f"a label {k}",), 300 + 3 * k, 200 + 2 * k) for k in range(6)]
    found = place(labels, FRAME, 14)
    assert all(a.box.overlap(b.box) == 0 for a, b in combinations(found, 2))


def test_obstacles_are_avoided():
    obstacle = Box(305, 150, 600, 250)
    (found,) = place([Label(("name",), 300, 200)], FRAME, 14, [obstacle])
    assert found.box.overlap(obstacle) == 0
