"""Figures as the page about real people shows them."""

import math

import numpy as np
from people_words import (
    JOINED,
    certified,
    interval,
    lead,
    number,
    percent,
    percentiles,
    table,
    with_error,
)

from comity.core import Certified


def test_numbers_in_words_where_they_are_none():
    assert number(math.nan) == "cannot tell"
    assert number(-math.inf) == "-∞"
    assert number(math.inf) == "∞"
    assert number(-0.001, 1) == "0.0"
    assert number(-0.06, 1) == "-0.1"
    assert number(1234.5, 1) == "1,234.5"


def test_intervals_do_not_break():
    assert interval(0.5, 0.25, 1, 2) == f"0.50 [0.25,{JOINED}1.00]"
    assert certified(Certified.estimate(1, 0, 2, "", 0.95), 0) == f"1 [0,{JOINED}2]"
    assert percent(Certified.estimate(0.5, 0.25, 0.75, "", 0.95), 0) == f"50% [25,{JOINED}75]"


def test_what_is_not_known_is_said():
    for shown in (certified, percent):
        assert shown(Certified.unknown("flat")) == "cannot tell"
    assert with_error(math.nan, 1.0) == "cannot tell"
    assert with_error(2.0, math.nan, 1) == "2.0"
    assert certified(Certified.exact(2.0), 1) == "2.0"
    assert percent(Certified.exact(0.2), 0) == "20%"


def test_tables_have_as_many_marks_as_columns():
    assert table(("a", "b"), [(1, 2)]).split("\n") == ["| a | b |", "| --- | ---: |", "| 1 | 2 |"]


def test_percentiles_of_an_even_spread():
    low, high = percentiles(np.linspace(0, 1, 1001)[:, None] * [1, 10], 0.9)
    np.testing.assert_allclose(low, [0.05, 0.5])
    np.testing.assert_allclose(high, [0.95, 9.5])


def test_leads_say_who_is_ahead():
    ahead = Certified.estimate(0.5, -0.25, 1.25, "", 0.95)
    assert lead(ahead) == f"ahead by 0.50 [-0.25,{JOINED}1.25]"
    behind = Certified.estimate(-0.5, -0.75, -0.25, "", 0.95)
    assert lead(behind) == f"behind by 0.50 [0.25,{JOINED}0.75]"
    assert lead(behind, words=("lower", "higher")).startswith("higher by 0.50")
    assert lead(ahead, 0, unit=" points", scale=100) == f"ahead by 50 points [-25,{JOINED}125]"
    assert lead(Certified.exact(math.inf)) == "ahead by ∞"
    assert lead(Certified.unknown("")) == "cannot tell"
