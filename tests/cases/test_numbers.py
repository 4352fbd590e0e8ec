from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.cases.numbers import is_number, number, written
from comity.core.errors import InputError


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/3", 1 / 3), ("-1/18", -1 / 18), (" 2 / 4 ", 0.5), ("0.25", 0.25), ("7", 7.0), (3, 3.0)],
)
def test_numbers_as_people_write_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "1/0",
        "1/00",
        "a",
        "1e3",
        True,
        None,
        [],
        float("nan"),
        float("inf"),
        10**400,
        "1/2/3",
        "--1",
    ],
)
def test_what_is_no_number(bad):
    with pytest.raises(InputError):
        number(bad)


@example(1000000000000213 / 256)
@given(st.floats(-1e50, 1e50))
def test_written_reads_back_to_the_last_bit(x):
    assert number(written(x)) == x


@given(st.integers(1, 1000), st.integers(-10_000, 10_000))
def test_fractions_are_written_as_fractions_or_exact_decimals(q, p):
    shown = written(p / q)
    assert Fraction(number(shown)) == Fraction(p / q)
    assert len(str(shown)) <= 12


def test_where_numbers_are_meant():
    assert is_number("1/3")
    assert not is_number(True)
    assert not is_number({})
