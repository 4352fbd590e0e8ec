"""Positions as JSON, there and back, and what no position is."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.overcooked.layouts import named_layout
from comity.learning.environments.overcooked.positions import read_positions, show_positions
from comity.learning.environments.overcooked.rules import Rules

RULES = Rules(named_layout("cramped_room"))
BUSY = {
    "cooks": [
        {"at": [1, 1], "facing": "west", "holds": "soup OOT"},
        {"at": [3, 2], "facing": "south", "holds": "dish"},
    ],
    "things": [
        {"at": [2, 0], "is": "soup OOO", "cooked": 7},
        {"at": [0, 0], "is": "soup T"},
        {"at": [4, 3], "is": "tomato"},
    ],
    "time": 33,
}


def test_there_and_back():
    position = read_positions(RULES, [BUSY, {}, {"time": 5}])
    shown = show_positions(RULES, position)
    assert shown[:2] == [BUSY, {}]
    assert shown[2]["time"] == 5
    assert [part.dtype for part in position] == [np.uint32, np.uint16, np.uint16]


def test_an_empty_mapping_is_the_start_of_the_layout():
    usual = {"cooks": [{"at": [1, 2]}, {"at": [3, 1]}]}
    one, other = read_positions(RULES, [{}, usual]).cooks
    assert one == other


COOKS = BUSY["cooks"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"cooks": COOKS[:1]}, "cooks"),
        ({"cooks": [COOKS[0], COOKS[0]]}, "two cooks in one place"),
        ({"cooks": [COOKS[0], {"at": [0, 0]}]}, r"cooks\[1\]: a cook must stand on the floor"),
        ({"cooks": [COOKS[0], {"at": [9, 1]}]}, r"cooks\[1\]: not a cell"),
        ({"cooks": [COOKS[0], {"at": [1, 2], "facing": "up"}]}, "no such heading"),
        ({"cooks": [COOKS[0], {"at": [1, 2], "holds": "soup"}]}, "not a thing"),
        ({"cooks": [COOKS[0], {"at": [1, 2], "hat": "red"}]}, "not understood"),
        ({"things": [{"at": [0, 1], "is": "onion"}]}, "counters and in pots"),
        ({"things": [{"at": [2, 0], "is": "onion"}]}, "not a thing of this kitchen"),
        ({"things": [{"at": [2, 0], "is": "soup OOO", "cooked": 21}]}, "0 to 20"),
        ({"things": [{"at": [0, 0], "is": "soup OOO", "cooked": 3}]}, "counter"),
        ({"things": [{"at": [0, 0], "is": "onion"}] * 2}, "two things in one place"),
        ({"time": 400}, "0 to 399"),
    ],
)
def test_what_is_no_position_is_named(given, place):
    with pytest.raises(InputError, match=place):
        read_positions(RULES, [given])
