"""Choices as arrays."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.environments.overcooked.features import FEATURES
from comity.learning.humans.samples import samples
from comity.learning.humans.trajectories import STUDY_OF_2019, read_trajectories
from overcooked_people import some_games, write


@pytest.fixture(scope="module")
def games(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "games.csv"
    return read_trajectories(write(path, some_games(pairs=1, steps=250)))


def test_both_seats_of_every_step(games):
    found = samples(games)
    assert found.seen.shape == (2 * 2 * 250, len(FEATURES))
    assert found.costs.shape == (2 * 2 * 250, 6)
    assert np.array_equal(found.actions[:500:2], games[0].actions[:, 0])
    assert np.array_equal(found.actions[1:500:2], games[0].actions[:, 1])
    kitchen = make("overcooked", view="features", **STUDY_OF_2019)
    seen = kitchen.observe(kitchen.start(games[0].start))[0]
    assert np.array_equal(found.seen[:2], seen)


def test_waiting_can_be_left_out(games):
    all_, some = samples(games), samples(games, waiting=False)
    assert len(some.actions) == (all_.actions != 4).sum()
    assert (some.actions != 4).all()


def test_games_of_other_rules_are_refused(games):
    with pytest.raises(InputError, match="other rules"):
        samples(games, {"old_dynamics": True, "recipes": {"time": 3}})
    with pytest.raises(InputError, match="no games"):
        samples([])
