"""Planted planners come back; real people are foretold better than by their habits."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.humans.boltzmann import BoltzmannCook, chances, fit_boltzmann
from comity.learning.humans.samples import samples
from comity.learning.humans.trajectories import read_trajectories
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy
from overcooked_people import real_file, some_games, write


@pytest.mark.parametrize(("rationality", "waiting"), [(0.8, 0.6), (2.0, 0.2)])
def test_planted_planners_come_back(tmp_path, rationality, waiting):
    planted = some_games(6, 400, BoltzmannCook(rationality, waiting))
    found = fit_boltzmann(samples(read_trajectories(write(tmp_path / "g.csv", planted))))
    assert found.cook.rationality == pytest.approx(rationality, abs=0.15)
    assert found.cook.waiting == pytest.approx(waiting, abs=0.04)
    assert found.rationality.low < found.cook.rationality < found.rationality.high
    assert found.held_out.better


def test_chances_by_hand():
    found = chances(np.array([[1, 2, 3, 3, 2, 2]]), np.log(2), 0.5)[0]
    # Weights 1, 1/2, 1/4, 1/4, 1/2, 1/2 of 3, halved, and a half for waiting.
    assert found == pytest.approx([1 / 6, 1 / 12, 1 / 24, 1 / 24, 1 / 12 + 1 / 2, 1 / 12])


def test_no_rationality_is_blind():
    assert chances(np.array([[1, 9, 3, 3, 2, 2]]), 0, 0)[0] == pytest.approx(np.full(6, 1 / 6))


def test_the_more_rational_the_better_the_score():
    kitchen = make("overcooked", old_dynamics=True)
    dull, keen = (BoltzmannCook(rationality, 0.1) for rationality in (0.2, 4.0))
    scores = [play(kitchen, [cook, cook], 10, 0).scores[:, 0].mean() for cook in (dull, keen)]
    assert scores[1] > scores[0] + 40


def test_it_is_a_policy_for_kitchens():
    assert isinstance(BoltzmannCook(), Policy)
    assert BoltzmannCook().kind == "human model"
    with pytest.raises(InputError, match="Overcooked"):
        BoltzmannCook().begin(make("lever"), 0, 1, 0)


@pytest.mark.parametrize(
    ("rationality", "waiting"), [(-1, 0.5), (np.nan, 0.5), (np.inf, 0.5), (1, 1)]
)
def test_what_is_no_planner(rationality, waiting):
    with pytest.raises(InputError, match="planner"):
        BoltzmannCook(rationality, waiting)


@pytest.mark.slow
def test_the_people_of_2019():
    found = fit_boltzmann(samples(read_trajectories(real_file())))
    assert found.held_out.gain.low > 0.1
    assert 1 < found.cook.rationality < 2.5
