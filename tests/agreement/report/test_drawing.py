import re

import numpy as np
import pytest

from comity.agreement.report.drawing import Mark, draw, merged
from comity.agreement.report.space import Space
from comity.core.page.drawing import NARROW, WIDE

SPACE = Space(
    ("A", "B"), np.array([[0.0, 0], [4, 0], [0, 4], [3, 3]]), np.array([[0.0, 4], [3, 3], [4, 0]]),
    True, True,
)  # fmt: skip


def corners(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_everything_lies_in_the_frame(sheet):
    marks = [Mark("clash", "really", (-2, -1)), Mark("start", "start", (0, 0))]
    drawing = draw(SPACE, (1, 1), marks, sheet, [(3, 3)])
    frame = sheet.frame
    seen = drawing.dots + [(x, y) for _, x, y in drawing.marks] + corners(drawing.frontier)
    assert all(frame.left <= x <= frame.right and frame.top <= y <= frame.bottom for x, y in seen)


def test_up_is_more():
    drawing = draw(SPACE, (1, 1), [], WIDE)
    assert drawing.y(4) < drawing.y(0)
    assert drawing.x(4) > drawing.x(0)


def test_the_zone_is_where_both_beat_their_expectation():
    drawing = draw(SPACE, (1, 2), [], WIDE)
    zone = corners(drawing.zone)
    assert zone
    assert all(x >= drawing.x(1) - 0.2 and y <= drawing.y(2) + 0.2 for x, y in zone)
    assert any(abs(x - drawing.x(3)) < 0.2 and abs(y - drawing.y(3)) < 0.2 for x, y in zone)


def test_no_zone_where_nothing_is_better_for_both():
    assert draw(SPACE, (3.5, 3.5), [], WIDE).zone == ""


def test_a_staircase_without_lotteries():
    plain = Space(SPACE.names, SPACE.points, SPACE.frontier, False, True)
    assert len(corners(draw(plain, (1, 1), [], WIDE).frontier)) == 5


def test_a_moving_mark_says_where_it_goes():
    drawing = draw(SPACE, (1, 1), [], WIDE)
    moved = drawing.moving(Mark("deal", "The deal", (3, 3)))
    assert (moved["x"], moved["y"]) == (drawing.x(3), drawing.y(3))
    assert moved["lines"] == ["The deal"]


def test_marks_on_one_spot_share_a_label():
    marks = [Mark("solution", "Nash", (1, 1)), Mark("solution", "KS", (1, 1.0001)),
             Mark("clash", "far", (3, 0))]  # fmt: skip
    assert [m.text for m in merged(marks)] == ["Nash, KS", "far"]


def test_one_point_is_drawn_too():
    lone = Space(("A", "B"), np.array([[2.0, 2]]), np.array([[2.0, 2]]), True, True)
    assert draw(lone, (2, 2), [], WIDE).dots
