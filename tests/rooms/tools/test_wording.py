"""Places become names."""

import pytest

from comity.cases import loads
from comity.rooms.tools.wording import happens, named, solution_words
from comity.solutions import solve


@pytest.fixture
def game(river):
    return loads(river).parties[0].model


def test_a_lottery_and_a_mixed_play(game):
    lottery = {"kind": "lottery", "outcomes": [[0, 1], [2, 0]], "probabilities": [0.25, 0.75]}
    assert [line["what"] for line in happens(game, lottery)] == [
        "Ethiopia: fill slowly; Egypt: accept",
        "Ethiopia: fill fast; Egypt: buy power",
    ]
    mixed = {"kind": "mixed", "strategies": [[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]}
    assert "oppose" in str(happens(game, mixed))
    assert happens(game, None) == []


def test_values_by_name():
    assert named(["A", "B"], [1, 2]) == {"A": 1, "B": 2}
    assert named(["A", "B"], None) is None
    with pytest.raises(ValueError, match="zip"):
        named(["A", "B"], [1])


def test_a_frontier_names_each_of_its_corners(game):
    found = solve(game, "frontier").to_dict()
    told = solution_words(game, found)["plays"]
    for line, outcome in zip(told, found["outcomes"], strict=True):
        names = [options[k] for options, k in zip(game.frame()["actions"], outcome, strict=True)]
        assert all(name in line["what"] for name in names)
