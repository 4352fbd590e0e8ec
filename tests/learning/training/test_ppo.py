import jax
import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.training import ppo as training
from comity.learning.training.ppo import Batch, Ppo
from comity.learning.training.rollout import Samples, pick_last
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


def sparse(rng, live, width, actions):
    """Return what 4 games of 6 steps could have brought, with so many places ever told."""
    rows = (6, 4, 1)
    seen = np.zeros((*rows, width), dtype=np.uint8)
    seen[..., rng.permutation(width)[:live]] = rng.integers(0, 3, (*rows, live))
    samples = Samples(
        observation=seen,
        seen=seen,
        legal=np.ones((*rows, actions), dtype=bool),
        seat=np.zeros(rows, dtype=np.int32),
        action=rng.integers(0, actions, rows),
        log_chance=np.full(rows, -np.log(actions), dtype=np.float32),
        value=np.zeros(rows, dtype=np.float32),
        learns=np.ones(rows, dtype=bool),
    )
    gain, target = rng.normal(size=(2, *rows)).astype(np.float32)
    return Batch(samples, gain, target, np.ones(rows, dtype=np.float32))


def test_places_that_are_empty_change_nothing(monkeypatch):
    """With few places told or with most, the update is that of the whole product."""
    game = make("hanabi", "jax")
    width, actions = int(np.max(game.shape.observations)), int(np.max(game.shape.actions))
    assert width >= training.WIDE
    ppo = Ppo(game, SMALL.changed(minibatches=2, actor_scale=1.0))
    learner, key = ppo.begin(0), jax.random.key(0)
    few, most = (
        jax.tree.map(
            jax.numpy.asarray,
            sparse(np.random.default_rng(1), int(share * width), width, actions),
        )
        for share in (0.05, 0.9)
    )
    learn = jax.jit(ppo._learn)
    found = [learn(learner, batch, key) for batch in (few, most)]
    monkeypatch.setattr(training, "WIDE", width + 1)
    whole = jax.jit(Ppo(game, ppo.settings)._learn)
    expected = [whole(learner, batch, key) for batch in (few, most)]
    moved = jax.tree.map(lambda a, b: np.abs(a - b).max(), found[0][0], learner.parameters)
    assert max(jax.tree.leaves(moved)) > 1e-4
    for ours, theirs in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        assert np.allclose(ours, theirs, atol=1e-5)
