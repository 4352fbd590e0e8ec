"""Menus of amounts, against exact fractions."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.inference.evidence.columns import PERSON, Column
from comity.inference.evidence.menus import Steps, amount_names, shares_of
from comity.inference.evidence.sheet import open_sheet


def places(steps, given, total):
    table = pd.DataFrame({"person": "Ana", "given": given})
    sheet = open_sheet(table, (PERSON, Column("given", "")), {})
    found = steps.places(sheet, "given", np.broadcast_to(np.asarray(total, float), len(table)))
    return found, sheet


@given(st.integers(1, 400), st.integers(1, 40), st.integers(0, 400))
def test_every_amount_of_a_menu_is_found_where_it_stands(count, per_unit, place):
    step = 1 / per_unit
    place = min(place, count)
    total = float(Fraction(count, per_unit))
    menu = Steps(step).amounts(total)
    assert len(menu) == count + 1
    assert abs(Fraction(menu[place]) - Fraction(place, per_unit)) < Fraction(1, 10**8)
    found, sheet = places(Steps(step), [menu[place]], total)
    assert found.tolist() == [place]
    assert not sheet.faults


@given(st.integers(2, 60), st.floats(0.5, 500), st.floats(0, 1))
def test_a_grid_takes_the_nearest(grid, total, share):
    menu = Steps(grid=grid).amounts(total)
    found, sheet = places(Steps(grid=grid), [share * total], total)
    assert abs(menu[found[0]] - share * total) <= np.abs(menu - share * total).min() + 1e-6 * total
    assert not sheet.faults


def test_rounding_is_said():
    _, sheet = places(Steps(grid=3), [0, 1, 4, 5, 10], 10)
    assert sheet.assumptions == ["given: 2 amounts rounded to the nearest of 3 even steps"]


def test_what_is_not_on_the_menu():
    _, sheet = places(Steps(0.5), [-1, 11, 0.25, 0.5, 10], 10)
    assert [(fault.row, fault.kind, fault.message) for fault in sheet.faults] == [
        ("row 0", "impossible", "given: found -1.0; expected 0 or more"),
        ("row 1", "impossible", "given: found 11.0; expected 0 to 10"),
        ("row 2", "impossible", "given: found 0.25; expected a multiple of 0.5"),
    ]


def test_totals_that_make_no_menu():
    _, sheet = places(Steps(), [0, 0, 0], [10.5, 1e9, 3])
    assert [fault.message for fault in sheet.faults] == [
        "a total of 10.5 is not a number of steps of 1",
        "a total of 1e+09 has more than 2,000 steps of 1; give a larger step or a grid",
    ]


@pytest.mark.parametrize("step", [0, -1, float("inf"), float("nan"), True, "1", None])
def test_bad_steps(step):
    with pytest.raises(InputError, match="step: not a step"):
        Steps(step)


@pytest.mark.parametrize("grid", [1, 2002, 2.5, True, "3"])
def test_bad_grids(grid):
    with pytest.raises(InputError, match=r"grid: not a number of options .*2 to 2001"):
        Steps(grid=grid)


def test_names_and_shares():
    assert amount_names(np.array([0, 2.5, 100, 1e6])) == ("0", "2.5", "100", "1000000")
    assert shares_of(np.array([1, 3])).tolist() == [0.25, 0.75]
    assert shares_of(np.zeros(4)).tolist() == [0.25] * 4
