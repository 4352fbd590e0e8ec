"""A clone learns what numbers tell, is the same for the same seed, and survives its file."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.environments.overcooked.features import FEATURES
from comity.learning.humans.cloning import Clone, CloneSettings, clone, drawn, train
from comity.learning.humans.samples import Samples, samples
from comity.learning.humans.trajectories import read_trajectories
from comity.learning.partners.overcooked_greedy import GreedyCook
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy
from overcooked_people import real_file, some_games, write

QUICK = CloneSettings(hidden=(16,), epochs=12, batch=64, rate=1e-2)


def made_up(count=4000, seed=0):
    """Return choices that two of the numbers tell exactly."""
    rng = np.random.default_rng(seed)
    seen = rng.standard_normal((count, len(FEATURES)))
    actions = 2 * (seen[:, 3] > 0) + (seen[:, 7] > 0)
    pairs = np.array([str(k % 6) for k in range(count)], object)
    return Samples(seen, actions, pairs, pairs, np.zeros((count, 6), int))


@pytest.fixture(scope="module")
def learned():
    return train(made_up(), QUICK, 1)


def test_it_learns_what_there_is_to_learn(learned):
    fresh = made_up(seed=5)
    logs = learned.log_chances(fresh.seen)
    assert np.exp(logs).sum(axis=1) == pytest.approx(1)
    # Four actions as likely: log 4 = 1.39 without the numbers.
    assert logs[np.arange(len(logs)), fresh.actions].mean() > -0.6


def test_same_seed_same_clone(learned):
    again, other = train(made_up(), QUICK, 1), train(made_up(), QUICK, 2)
    assert np.array_equal(again.layers[0][0], learned.layers[0][0])
    assert not np.array_equal(other.layers[0][0], learned.layers[0][0])


def test_file_and_back(tmp_path, learned):
    learned.save(tmp_path / "clone.npz")
    again = Clone.load(tmp_path / "clone.npz")
    seen = made_up(20).seen
    assert np.array_equal(again.log_chances(seen), learned.log_chances(seen))


def test_files_that_hold_no_clone(tmp_path, learned):
    learned.save(tmp_path / "clone.npz")
    whole = (tmp_path / "clone.npz").read_bytes()
    (tmp_path / "torn.npz").write_bytes(whole[: len(whole) // 2])
    np.savez(tmp_path / "other.npz", scale=np.zeros(3))
    for name in ("torn.npz", "other.npz", "nowhere.npz"):
        with pytest.raises(InputError, match="not a clone"):
            Clone.load(tmp_path / name)


def test_it_plays(learned):
    assert isinstance(learned, Policy)
    assert learned.kind == "human model"
    kitchen = make("overcooked", horizon=10)
    assert play(kitchen, [learned, learned], 3, 0).actions.shape == (10, 3, 2)
    with pytest.raises(InputError, match="Overcooked"):
        learned.begin(make("lever"), 0, 1, 0)


def test_draws_follow_the_chances():
    chances = np.tile([0.1, 0.6, 0.0, 0.3], (20_000, 1))
    counts = np.bincount(drawn(chances, np.random.default_rng(0)), minlength=4) / 20_000
    assert counts == pytest.approx([0.1, 0.6, 0, 0.3], abs=0.015)


def test_a_clone_of_greedy_cooks_foretells_others(tmp_path):
    games = read_trajectories(write(tmp_path / "g.csv", some_games(6, 400, GreedyCook(0.4))))
    report = clone(
        samples(games), CloneSettings(hidden=(16,), epochs=6, batch=64, rate=1e-2), folds=3
    )
    assert report.held_out.better
    assert report.held_out.pairs == 6


@pytest.mark.slow
def test_a_clone_of_the_people_of_2019():
    report = clone(samples(read_trajectories(real_file())))
    assert report.held_out.pairs == 16
    assert report.held_out.gain.low > 0.1
