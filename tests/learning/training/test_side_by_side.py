"""Seeds side by side against the same seeds alone."""

import numpy as np
import pytest

from comity.core import InputError, SolverError
from comity.learning.environments.make import make
from comity.learning.training.checkpoints import load
from comity.learning.training.ppo import Ppo
from comity.learning.training.settings import Settings
from comity.learning.training.side_by_side import SideBySide, train_side_by_side
from comity.learning.training.training import train

SETTINGS = Settings(
    total_steps=4 * 24, games=4, steps=6, epochs=2, minibatches=2, hidden=(4,), learning_rate=0.01
)
SEEDS = (5, 9)


@pytest.fixture(scope="module")
def ppo():
    return Ppo(make("tiny hanabi", "jax", game="A"), SETTINGS)


@pytest.fixture(scope="module")
def whole(ppo):
    return train_side_by_side(ppo, SEEDS)


def same(one, other):
    for name, array in one.policy.items():
        assert other.policy[name] == pytest.approx(array, abs=1e-5), name
    for name, values in one.curve.items():
        assert other.curve[name] == pytest.approx(values, abs=1e-4, nan_ok=True), name


def test_each_learns_what_it_learns_alone(ppo, whole):
    for seed, found in zip(SEEDS, whole, strict=True):
        alone = train(ppo, seed=seed)
        assert (found.seed, found.steps, found.agent) == (alone.seed, alone.steps, alone.agent)
        same(found, alone)


def test_what_was_interrupted_goes_on_exactly(ppo, whole, tmp_path):
    paths = [tmp_path / f"{seed}.npz" for seed in SEEDS]
    scores = []

    def stop(done, updates, told):
        scores.append(told["score"])
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_side_by_side(ppo, SEEDS, paths=paths, report=stop)
    assert [load(path).steps for path in paths] == [48, 48]
    means = np.mean([load(path).curve["score"] for path in paths], axis=0)
    assert means == pytest.approx(scores)
    resumed = train_side_by_side(ppo, SEEDS, paths=paths, resume=True)
    assert [found.digest for found in resumed] == [found.digest for found in whole]
    assert [load(path).digest for path in paths] == [found.digest for found in whole]


def test_learners_of_unlike_age_do_not_go_on_together(ppo, tmp_path):
    paths = [tmp_path / "5.npz", tmp_path / "9.npz"]
    train(ppo, seed=5, path=paths[0])

    def stop(done, updates, told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(ppo, seed=9, path=paths[1], report=stop)
    with pytest.raises(InputError, match="equally long"):
        train_side_by_side(ppo, SEEDS, paths=paths, resume=True)


def test_one_that_is_no_number_stops_all_and_the_last_good_are_kept(ppo, tmp_path):
    paths = [tmp_path / "5.npz", tmp_path / "9.npz"]
    together = SideBySide(ppo, SEEDS, "ippo", paths)

    def poison(done, updates, told):
        if done == 2:
            head = together.learners.parameters["critic"]["head"]
            head["bias"] = head["bias"].at[1].set(np.nan)

    with pytest.raises(SolverError, match="update 3"):
        together.learn(poison)
    assert [load(path).steps for path in paths] == [48, 48]


@pytest.mark.parametrize("paths", [None, ["one.npz"]])
def test_files_and_seeds_go_together(ppo, paths):
    seeds = () if paths is None else SEEDS
    with pytest.raises(InputError, match="as many files"):
        train_side_by_side(ppo, seeds, paths=paths)
