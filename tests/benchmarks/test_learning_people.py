"""The tables of human models, from games of made-up people."""

import re

import learning_people
import pytest

from comity.core import Certified
from comity.learning.humans import read_trajectories
from comity.learning.humans.boltzmann import BoltzmannCook
from overcooked_people import some_games, write


def test_an_interval_is_told():
    assert (
        learning_people.interval(Certified.estimate(1.234, 1, 2, "made up")) == "1.23 [1.00, 2.00]"
    )


@pytest.fixture(scope="module")
def games(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "games.csv"
    return read_trajectories(write(path, some_games(pairs=4, steps=120)))


def test_people_are_set_beside_their_models(games):
    lines = learning_people.scores(games, {"planner": BoltzmannCook(1.5, 0.4)}, 2)
    assert lines[0] == "| layout | steps | people | planner |"
    for layout, line in zip(("cramped_room", "forced_coordination"), lines[2:], strict=True):
        own = [game.rewards.sum() for game in games if game.layout == layout]
        assert line.startswith(f"| {layout} | 120 | {sum(own) / len(own):.0f} | ")


@pytest.mark.slow
def test_both_models_are_fitted_and_told(games):
    lines, models = learning_people.table(games)
    assert [line.split("|")[1].strip() for line in lines[2:5]] == ["habits", "planner", "clone"]
    assert re.search(r"rationality 1\.\d\d \[.*waiting 0\.[34]\d \[", lines[3])
    assert set(models) == {"planner", "clone"}
