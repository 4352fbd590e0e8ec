"""Kitchens from text: the classic ones, and what is wrong with others."""

import pytest

from comity.core import InputError
from comity.learning.environments.overcooked.layouts import (
    CLASSIC,
    POT,
    named_layout,
    reach,
    read_layout,
)

GOOD = ["XXPXX", "O  2O", "X1  X", "XDXSX"]


def changed(row, text):
    return [text if number == row else line for number, line in enumerate(GOOD)]


@pytest.mark.parametrize("name", [*CLASSIC, "counter_circuit_tomato"])
def test_text_and_back(name):
    layout = named_layout(name)
    again = read_layout(layout.text(), name, layout.recipes)
    assert again == layout


def test_forced_coordination_keeps_the_cooks_apart():
    layout = named_layout("forced_coordination")
    sides = [reach(layout, start) for start in layout.starts]
    assert not sides[0] & sides[1]
    assert layout.cells(POT) == [(3, 0), (4, 1)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no rows"),
        (changed(1, "O  2OX"), "row 2: rows of unequal length"),
        (changed(1, "O ?2O"), "row 2, column 3: letter without meaning"),
        (changed(1, "   2O"), "row 2, column 1: the border is open"),
        (changed(1, "O  1O"), "row 3, column 2: a start place too many"),
        (changed(1, "O  3O"), "row 2, column 4: a start place too many"),
        (changed(1, "O   O"), "rows 1 to 4: too few start places"),
        (changed(0, "XXXXX"), "no pot"),
        (changed(3, "XDXXX"), "no serving place"),
        (changed(3, "XXXSX"), "no pile of dishes"),
        (changed(1, "X  2X"), "no ingredients"),
        (changed(0, "PXPXX"), "row 1, column 1: no player can reach this pot"),
        (changed(3, "XDXSS"), "row 4, column 5: no player can reach this serving place"),
        (changed(3, "DXXSX"), "row 4, column 1: no player can reach any of these supplies"),
        (["X" * 300], "layout too large"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(rows, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        read_layout(rows)


def test_a_pot_behind_a_wall_of_counters_is_unreachable():
    rows = ["XXXXXPX", "O 12X X", "X   XXX", "XDPSXXX"]
    with pytest.raises(InputError, match="row 1, column 6"):
        read_layout(rows)


def test_unknown_name_lists_the_known():
    with pytest.raises(InputError, match="cramped_room"):
        named_layout("cramped-room")
