import numpy as np
import pytest

from comity.cases.frames import Frame
from comity.cases.options import option_name, read_issue, read_options, write_options
from comity.core.errors import InputError

RANGE = ("0", "1", "2", "3", "4")
WORDS = ("none", "low", "high")
FRAME = Frame(
    "negotiation", ("A", "B"), (), ("dry", "wet"), (), (RANGE, WORDS), ("years", "how"), "additive"
)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (3, [3, 3, 3, 3, 3]),
        ([0, 1, 4, 9, "1/2"], [0, 1, 4, 9, 0.5]),
        ({"0": 5, "1": 4, "2": 3, "3": 2, "4": 1}, [5, 4, 3, 2, 1]),
        ({"low": 10, "high": 0}, [10, 7.5, 5, 2.5, 0]),
        ({"peak": 3, "best": 6, "worst": 0}, [0, 2, 4, 6, 4]),
        ({"per_unit": -2}, [0, -2, -4, -6, -8]),
        ({"points": [[0, 0], [2, 8], [4, 9]]}, [0, 4, 8, 8.5, 9]),
    ],
)
def test_a_range_by_number_list_table_or_shape(entry, expected):
    found = read_issue(entry, RANGE, FRAME)
    assert found.tolist() == [expected, expected]


def test_options_may_be_called_low_and_high():
    found = read_issue({"none": 0, "low": 1, "high": 2}, WORDS, FRAME)
    assert found[0].tolist() == [0, 1, 2]


def test_by_state():
    outside = read_issue({"dry": {"low": 0, "high": 4}, "wet": 1}, RANGE, FRAME)
    assert outside.tolist() == [[0, 1, 2, 3, 4], [1, 1, 1, 1, 1]]
    inside = read_issue({"none": {"dry": 1, "wet": 2}, "low": 0, "high": 0}, WORDS, FRAME)
    assert inside[:, 0].tolist() == [1, 2]


def test_issues_left_out_are_open_unless_told_otherwise():
    assert np.isnan(read_options({"how": 1}, FRAME)[:, :5]).all()
    assert read_options({"how": 1}, FRAME, 0.0)[0].tolist() == [0] * 5 + [1] * 3
    assert read_options("1/2", FRAME).tolist() == [[0.5] * 8] * 2


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"low": 1}, "not a shape"),
        ({"points": [[0, 0], [2, 8]]}, "do not cover"),
        ({"points": [[0, 0], [0, 1], [4, 8]]}, "do not cover"),
        ({"points": 3}, "not points"),
        ({"5": 3}, "unknown option"),
        ([1, 2], "one number per option"),
        (None, "not values"),
    ],
)
def test_what_is_no_value(entry, words):
    with pytest.raises(InputError, match=words):
        read_issue(entry, RANGE, FRAME)


def test_shapes_need_numbers():
    with pytest.raises(InputError, match="unknown option"):
        read_issue({"per_unit": 1}, WORDS, FRAME)


def test_written_options_read_back(rng):
    for _ in range(50):
        values = rng.choice([0.0, 1.0, 0.1, 2.5], (2, 8))
        values[1] = values[0] if rng.random() < 0.5 else values[1]
        values[:, :5] = np.linspace(0, 4, 5) if rng.random() < 0.5 else values[:, :5]
        np.testing.assert_array_equal(read_options(write_options(values, FRAME), FRAME), values)


def test_a_line_is_written_as_a_line():
    values = np.tile([0, 1, 2, 3, 4, 0, 0, 0], (2, 1)).astype(float)
    assert write_options(values, FRAME) == {"years": {"low": 0, "high": 4}, "how": 0}


def test_names_of_cells():
    assert option_name(FRAME, 4) == "years.4"
    assert option_name(FRAME, 6) == "how.low"
