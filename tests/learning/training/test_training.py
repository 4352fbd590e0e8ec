import numpy as np
import pytest

from comity.core import InputError, SolverError
from comity.learning.environments.make import make
from comity.learning.training.checkpoints import load, save
from comity.learning.training.ppo import Ppo
from comity.learning.training.settings import Settings
from comity.learning.training.training import Run, score, train, train_best

SETTINGS = Settings(
    total_steps=4 * 24, games=4, steps=6, epochs=2, minibatches=2, hidden=(4,), learning_rate=0.01
)


@pytest.fixture(scope="module")
def ppo():
    return Ppo(make("tiny hanabi", "jax", game="A"), SETTINGS)


@pytest.fixture(scope="module")
def whole(ppo):
    return train(ppo, seed=5)


def halfway(ppo, path):
    """A run that was interrupted after two of its four updates."""

    def stop(done, updates, told):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(ppo, seed=5, path=path, report=stop)


def test_learning_resumes_exactly(ppo, whole, tmp_path):
    path = tmp_path / "agent.npz"
    halfway(ppo, path)
    assert load(path).steps == 48
    resumed = train(ppo, seed=5, path=path, resume=True)
    assert resumed.steps == 96
    assert resumed.digest == whole.digest
    assert load(path).digest == whole.digest


def test_the_same_seed_gives_the_same_agent(ppo, whole):
    assert train(ppo, seed=5).digest == whole.digest
    assert train(ppo, seed=6).digest != whole.digest


def test_a_checkpoint_of_another_run(ppo, whole, tmp_path):
    path = tmp_path / "agent.npz"
    save(whole, path)
    with pytest.raises(InputError, match="another seed"):
        train(ppo, seed=6, path=path, resume=True)
    with pytest.raises(InputError, match="another agent"):
        train(ppo, seed=5, agent="mappo", path=path, resume=True)
    other = Ppo(make("tiny hanabi", "jax", game="B"), SETTINGS)
    with pytest.raises(InputError, match="another variant"):
        train(other, seed=5, path=path, resume=True)
    save(whole.light(), path)
    with pytest.raises(InputError, match="not learn on"):
        train(ppo, seed=5, path=path, resume=True)


def test_nothing_to_go_on_from(ppo):
    with pytest.raises(InputError, match="no checkpoint"):
        train(ppo, resume=True)


def test_what_is_no_number_stops_learning_and_keeps_the_last_good(ppo, tmp_path):
    path = tmp_path / "agent.npz"
    run = Run(ppo, "ippo", 5, path)

    def poison(done, updates, told):
        if done == 2:
            state = run.learner.table.returns
            table = run.learner.table._replace(returns=state * np.nan)
            bias = run.learner.parameters["actor"]["head"]["bias"]
            run.learner = run.learner._replace(table=table)
            run.learner.parameters["critic"]["head"]["bias"] = bias[:1] * np.nan

    with pytest.raises(SolverError, match=r"update 3.*last good one is kept"):
        run.learn(poison)
    assert load(path).steps == 48


def test_the_best_of_several_starts(ppo):
    told = []
    best = train_best(ppo, restarts=3, seed=1, report=lambda *x: told.append(x[:2]))
    assert told == [(k, 12) for k in range(1, 13)]
    assert best.seed == 1
    assert best.learner == ()
    assert 0 <= score(best) <= 3


def test_the_score_is_that_of_the_last_games(whole):
    assert score(whole) == whole.curve["score"][-1]
    none = {name: np.zeros(4) for name in whole.curve}
    assert np.isnan(score(type(whole)("a", "b", {}, {}, 0, 0, {}, curve=none)))
