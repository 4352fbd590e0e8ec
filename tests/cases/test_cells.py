import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.cases.cells import cell_name, read_key, read_outcomes, write_outcomes
from comity.cases.frames import Frame
from comity.core.errors import InputError

FRAME = Frame(
    "normal-form", ("A", "B"), (), ("dry", "wet"), (), (("x", "y"), ("x", "y", "z")), ("A", "B")
)
PATTERNS = [f"{a} | {b}" for a in ("x", "y", "*") for b in ("x", "y", "z", "*")]


def by_hand(entry):
    """For each outcome the number of the most precise keys that fit it; None if they differ."""
    table = np.full((2, 2, 3), np.nan)
    for i, j in itertools.product(range(2), range(3)):
        name = ("x", "y")[i], ("x", "y", "z")[j]
        fits = [
            (sum(part != "*" for part in key.split(" | ")), value)
            for key, value in entry.items()
            if all(p in ("*", n) for p, n in zip(key.split(" | "), name, strict=True))
        ]
        best = {value for precision, value in fits if precision == max(fits)[0]}
        if len(best) > 1:
            return None
        table[:, i, j] = best.pop() if best else np.nan
    return table.reshape(2, 6)


@given(st.dictionaries(st.sampled_from(PATTERNS), st.integers(-3, 3)))
def test_the_most_precise_key_wins(entry):
    expected = by_hand(entry)
    if expected is None:
        with pytest.raises(InputError, match="equally precise"):
            read_outcomes(entry, FRAME)
    else:
        np.testing.assert_array_equal(read_outcomes(entry, FRAME), expected)


def test_contradictions_are_told_and_agreements_are_not():
    with pytest.raises(InputError, match=r"\* \| y.*equally precise"):
        read_outcomes({"x | *": 1, "* | y": 2}, FRAME)
    found = read_outcomes({"x | *": 1, "* | y": 1, "*": 0}, FRAME)
    assert found[0].tolist() == [1, 1, 1, 0, 1, 0]


def test_states_can_stand_inside_or_outside():
    inside = read_outcomes({"*": {"dry": 1, "wet": 2}, "x | x": 5}, FRAME)
    outside = read_outcomes({"dry": {"*": 1, "x | x": 5}, "wet": {"*": 2, "x | x": 5}}, FRAME)
    np.testing.assert_array_equal(inside, outside)
    assert inside[:, 0].tolist() == [5, 5]
    assert inside[:, 1].tolist() == [1, 2]


def test_a_state_left_out_stays_open():
    found = read_outcomes({"*": {"dry": 1}}, FRAME)
    assert np.isnan(found[1]).all()
    assert not np.isnan(found[0]).any()


def test_one_number_and_nested_lists():
    assert read_outcomes(3, FRAME).tolist() == [[3] * 6] * 2
    assert read_outcomes([[1, 2, 3], [4, 5, "1/2"]], FRAME)[1].tolist() == [1, 2, 3, 4, 5, 0.5]


@given(st.lists(st.integers(-2, 2), min_size=12, max_size=12))
def test_written_cells_read_back(numbers):
    values = np.array(numbers, dtype=float).reshape(2, 6)
    np.testing.assert_array_equal(read_outcomes(write_outcomes(values, FRAME), FRAME), values)


def test_keys():
    assert read_key("y|z", FRAME) == (1, 2)
    assert read_key(" * ", FRAME) == (slice(None), slice(None))
    assert cell_name(FRAME, 5) == "y | z"
    with pytest.raises(InputError, match="choice for B"):
        read_key("x | w", FRAME)


@pytest.mark.parametrize("bad", [None, True, {"x": 1}, {"x | x": {"damp": 1}}, {"x | x": []}])
def test_what_is_no_table(bad):
    with pytest.raises(InputError):
        read_outcomes(bad, FRAME)


@pytest.mark.parametrize("same", [True, False])
def test_long_tables_are_written_as_lists_in_the_shape_of_the_game(same):
    sizes = tuple(tuple(map(str, range(20))) for _ in range(2))
    frame = Frame("normal-form", ("A", "B"), (), ("dry", "wet"), (), sizes, ("A", "B"))
    values = np.arange(800.0).reshape(2, 400)
    values[1] = values[0] if same else values[1]
    data = write_outcomes(values, frame)
    assert isinstance(data, list) == same
    np.testing.assert_array_equal(read_outcomes(data, frame), values)
