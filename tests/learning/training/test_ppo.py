import jax
import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.training.ppo import Ppo
from comity.learning.training.rollout import pick_last
from comity.learning.training.settings import Settings

SMALL = Settings(total_steps=96, games=4, steps=6, epochs=1, minibatches=1, hidden=(8,))


@pytest.fixture(scope="module")
def lever():
    return make("lever", "jax", payoffs=[1.0, 0.5])


@pytest.mark.parametrize("recurrent", [0, 3])
def test_samples_are_as_likely_under_the_policy_that_made_them(recurrent):
    settings = SMALL.changed(recurrent=recurrent, actor_scale=1.0, critic="centralised")
    ppo = Ppo(make("tiny hanabi", "jax", game="E"), settings)
    learner = ppo.begin(0)

    def check(learner):
        table, samples, happened = ppo.rollout.play(
            learner.parameters, learner.table, learner.key, settings.steps, 0.0
        )
        batch = ppo._batch(learner, table, samples, happened)
        odds, value = ppo._again(learner.parameters, batch)
        again = pick_last(jax.nn.log_softmax(odds), samples.action)
        return again - samples.log_chance, value - samples.value, batch.weight

    chance, value, weight = (np.asarray(x) for x in jax.jit(check)(learner))
    assert np.abs(chance).max() < 1e-5
    assert np.abs(value).max() < 1e-5
    assert weight.sum() == 6 * 4


def test_it_finds_the_optimum_of_the_lever_game(lever):
    settings = SMALL.changed(total_steps=64 * 60, games=64, steps=1, epochs=4, learning_rate=0.02)
    ppo = Ppo(lever, settings)
    learner = ppo.begin(1)
    for _ in range(settings.updates):
        learner, told = ppo.update(learner)
    assert float(told["score"]) == pytest.approx(1.0, abs=0.05)
    assert float(told["finished"]) == 64
    assert bool(told["finite"])
    assert int(learner.updates) == settings.updates


def test_an_engine_that_cannot_be_compiled():
    with pytest.raises(InputError, match="compiled"):
        Ppo(make("lever"), SMALL)
