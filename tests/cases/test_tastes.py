import numpy as np
import pytest

from cases.bad_files import DEAL, GAME
from comity.cases import loads
from comity.cases.frames import frame_of
from comity.cases.schema import TastesData
from comity.cases.tastes import (
    complete,
    has_no_deal,
    nonnegative,
    read_spread,
    read_taste,
    write_spread,
    write_taste,
)
from comity.core.errors import InputError

LANE = frame_of(loads(GAME).models["Ana"])
RENT = frame_of(loads(DEAL).models["Ana"])


def taste(frame, owner="Ana", **data):
    return read_taste(TastesData.model_validate(data), frame, owner)


def test_weights_and_evaluations_multiply():
    found = taste(
        RENT,
        issue_weights={"rent": 0.5, "room": 2},
        evaluations={"rent": [4, 3, 2, 1, 0], "room": {"big": 1, "small": 0}},
    )
    assert found.cells[0].tolist() == [2, 1.5, 1, 0.5, 0, 2, 0]


def test_tastes_are_zero_where_quantities_speak():
    assert not taste(LANE).cells.any()
    with pytest.raises(InputError, match="is missing"):
        taste(RENT)


def test_the_block_comes_in_the_order_of_the_game():
    game = loads(DEAL).models["Ana"]
    found = taste(RENT, values={"rent": {"low": 10, "high": 0}, "room": [5, 0]}, no_deal=2)
    np.testing.assert_array_equal(found.flat(RENT, "Ana"), game.blocks()["tastes[Ana]"].values)
    data = write_taste(found.flat(RENT, "Ana"), RENT, "Ana")
    assert data["no_deal"] == 2
    again = taste(RENT, **data)
    np.testing.assert_array_equal(again.flat(RENT, "Ana"), found.flat(RENT, "Ana"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"payoffs": 1}, "values by issue"),
        ({"values": {"rent": 1, "room": 1}, "evaluations": {}}, "values by issue"),
        ({"issue_weights": {"rent": 1}, "evaluations": {"rent": 1, "room": 1}}, "no weight"),
        (
            {
                "issue_weights": {"rent": 1, "room": 1, "x": 1},
                "evaluations": {"rent": 1, "room": 1},
            },
            "unknown issue",
        ),
        ({"values": {"rent": 1, "room": 1}, "discount": 0}, "out of range"),
        ({"values": {"rent": 1, "room": 1}, "weights": {"hours": 1}}, "unknown quantity"),
    ],
)
def test_what_is_no_taste(data, words):
    with pytest.raises(InputError, match=words):
        taste(RENT, **data)


def test_spreads_by_number_or_part():
    assert read_spread(2, RENT, "Ana").tolist() == [2] * 8
    found = read_spread({"values": {"rent": 1}, "no_deal": 3}, RENT, "Ana")
    assert found.tolist() == [1] * 5 + [0, 0, 3]
    assert read_spread({"weights": 0.5}, LANE, "cyclists").tolist() == [0.5] + [0] * 8
    for spread in (found, read_spread(2, RENT, "Ana")):
        again = read_spread(write_spread(spread, RENT, "Ana"), RENT, "Ana")
        np.testing.assert_array_equal(again, spread)
    with pytest.raises(InputError, match="unknown key"):
        read_spread({"cells": 1}, RENT, "Ana")
    with pytest.raises(InputError, match="unknown quantity"):
        read_spread({"weights": {"x": 1}}, LANE, "Ana")


def test_helpers():
    assert has_no_deal(RENT, "Ana")
    assert not has_no_deal(LANE, "Ana")
    with pytest.raises(InputError, match="negative"):
        nonnegative(np.array([-1.0]))
    with pytest.raises(InputError, match=r"room\.small"):
        complete(np.array([[1, 1, 1, 1, 1, 1, np.nan]]), RENT)
