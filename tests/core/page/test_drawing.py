import re

import numpy as np
import pytest

from comity.core.page.drawing import NARROW, WIDE, Scale, path, scale_around, ticks, wrapped


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (-0.3, 0.31, [-0.2, 0, 0.2])],
)
def test_ticks_are_round(low, high, expected):
    assert ticks(low, high, 6) == pytest.approx(expected)


def test_wrapping():
    assert wrapped("a long label that needs more than one line", 16) == (
        "a long label",
        "that needs more",
        "than one line",
    )
    assert len(wrapped("x" * 100, 16)) == 3


def test_a_scale_is_linear_and_may_turn_round():
    up = Scale(0, 10, 400, 0)
    assert [up(0), up(2.5), up(10)] == [400, 300, 0]


@pytest.mark.parametrize("values", [[0, 1, 7], [-3, -3], [5.0]])
def test_all_values_lie_within_the_pixels(values):
    scale = scale_around(np.array(values, float), 10, 90)
    assert all(10 < scale(v) < 90 for v in values)


def test_a_path_visits_its_points_in_order():
    x, y = Scale(0, 1, 0, 100), Scale(0, 1, 50, 0)
    found = re.findall(r"([ML])([\d.]+) ([\d.]+)", path([(0, 0), (0.5, 1), (1, 0.2)], x, y))
    assert found == [("M", "0", "50"), ("L", "50", "0"), ("L", "100", "40")]


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_the_frame_leaves_room_for_what_stands_around_it(sheet):
    frame = sheet.frame
    assert (frame.left, frame.top) == (sheet.left, sheet.top)
    assert (sheet.width - frame.right, sheet.height - frame.bottom) == (sheet.margin, sheet.bottom)
