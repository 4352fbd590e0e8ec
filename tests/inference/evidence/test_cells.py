"""Cells as numbers, names, flags and labels, against Python's own reading of them."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.inference.evidence.cells import (
    LARGEST,
    Trouble,
    as_flag,
    as_label,
    as_name,
    as_number,
    plain,
    shown,
)

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.binary(max_size=6),
    st.decimals(allow_nan=True),
    st.lists(st.integers(), max_size=2),
)
HALVES = {"c": 0, "d": 1}


@pytest.mark.parametrize(
    "cell",
    ["", "  ", "NA", "n/a", "NaN", "null", ".", "<NA>", None, math.nan, np.nan, np.float32("nan")],
)
def test_what_holds_nothing_is_missing_whatever_it_is_read_as(cell):
    readings = (as_number(cell), as_name(cell), as_flag(cell), as_label(cell, HALVES))
    assert [reading.kind for reading in readings] == ["missing"] * 4
    assert plain(cell) is None


@given(st.floats(-1e19, 1e19, allow_nan=False))
def test_numbers_are_read_as_they_are_written(number):
    assert as_number(number) == as_number(repr(number)) == as_number(np.float64(number)) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [("7", 7), (" 7 ", 7), ("+.5", 0.5), ("3.", 3), ("1e2", 100), (Decimal("0.1"), 0.1), (b"4", 4)],
)
def test_spellings_of_numbers(cell, number):
    assert as_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3,5", "a decimal point"),
        ("1,000", "a decimal point"),
        ("1_0", "a number"),
        ("five", "a number"),
        ("50%", "a number"),
        ("0x10", "a number"),
        ("inf", "a number"),
        (True, "a number"),
        ("True", "a number"),
        ("1e400", "at most 1e+20"),
        (10**400, "at most 1e+20"),
        (math.inf, "at most 1e+20"),
        (-2 * LARGEST, "at most 1e+20"),
    ],
)
def test_what_is_no_number_is_impossible_and_says_why(cell, expected):
    trouble = as_number(cell)
    assert trouble.kind == "impossible"
    assert "found" in trouble.message
    assert expected in trouble.message


def test_one_name_however_it_is_stored():
    assert {as_name(c) for c in (12, 12.0, "12", "12.0", " 12 ", np.int8(12), np.float32(12))} == {
        "12"
    }
    assert as_name("012") == "012"
    assert as_name("1.50") == "1.50"
    assert as_name(102010050706.0) == "102010050706"
    assert as_name("None") == "None"


def test_yes_and_no():
    assert [as_flag(c) for c in (1, 1.0, "1", "TRUE", "y", True)] == [True] * 6
    assert [as_flag(c) for c in (0, "0.0", "False", "No", False)] == [False] * 5
    assert as_flag(2).kind == "impossible"


def test_labels_whatever_their_case():
    assert [as_label(c, HALVES) for c in ("c", "C", " D ")] == [0, 0, 1]
    trouble = as_label("maybe", HALVES)
    assert trouble.message == "found 'maybe'; expected c, d"
    many = as_label("x", {f"option {k}": k for k in range(30)})
    assert many.message.endswith("option 9 or 20 more")


def test_long_cells_are_cut():
    assert shown("a" * 500) == repr("a" * 500)[:37] + "..."
    assert (shown(" 7"), shown("7a"), shown(7.0)) == (" 7", "'7a'", "7.0")


@given(ANYTHING)
def test_any_cell_becomes_a_value_or_a_trouble(cell):
    number, name = as_number(cell), as_name(cell)
    assert isinstance(number, Trouble) or (math.isfinite(number) and abs(number) <= LARGEST)
    assert isinstance(name, Trouble) or name.strip()
    assert isinstance(as_flag(cell), (bool, Trouble))
    assert as_label(cell, HALVES) in (0, 1) or isinstance(as_label(cell, HALVES), Trouble)
