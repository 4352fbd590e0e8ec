import dataclasses

import jax
import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.partners.catalogue import partner
from comity.learning.policies.playing import play
from comity.learning.training.agents import learn, policy_of
from comity.learning.training.co_play import partners, stages
from comity.learning.training.ppo import Ppo
from comity.learning.training.settings import Settings

SETTINGS = Settings(
    total_steps=32 * 40,
    games=32,
    steps=1,
    epochs=2,
    minibatches=1,
    hidden=(4,),
    learning_rate=0.03,
)


@pytest.fixture(scope="module")
def ppo():
    return Ppo(make("lever", "jax", payoffs=[1.0, 0.2]), SETTINGS)


def likeliest(ppo, parameters):
    """The chance of the likelier lever."""
    told = np.ones((1, 1)), np.zeros(1, dtype=int), np.ones((1, 2), dtype=bool)
    odds, _ = ppo.network.act(jax.tree.map(np.asarray, parameters), None, *told, np)
    return (np.exp(odds) / np.exp(odds).sum()).max()


def test_stages_go_from_beginner_to_master(ppo):
    beginner, middle, master = (likeliest(ppo, stage) for stage in stages(ppo, 0))
    assert beginner == pytest.approx(0.5, abs=0.05)
    assert beginner < middle <= master
    assert master > 0.9


def test_the_learner_adapts_to_its_partners(ppo):
    met = partners(ppo, [0])
    assert met.count == 3
    first = jax.tree.leaves(met.parameters)[0]
    assert len(first) == 3
    beside = Ppo(ppo.environment, SETTINGS.changed(games=48, total_steps=48 * 40), met)
    learner = beside.begin(1)
    for _ in range(40):
        learner, told = beside.update(learner)
    assert likeliest(ppo, learner.parameters) > 0.8
    assert bool(told["finite"])


def test_partners_that_do_not_divide_the_games(ppo):
    with pytest.raises(InputError, match="divide"):
        Ppo(ppo.environment, SETTINGS, partners(ppo, [0]))
    with pytest.raises(InputError, match="needs partners"):
        partners(ppo, [])


@pytest.mark.slow
def test_cooks_learn_beside_cooks():
    checkpoint = learn(
        "overcooked",
        "co-play",
        seed=3,
        population=1,
        total_steps=6 * 8 * 3,
        games=6,
        steps=8,
        minibatches=2,
        hidden=(8,),
    )
    assert checkpoint.agent == "co-play"
    assert checkpoint.steps == 6 * 8 * 3
    assert checkpoint.curve["finite"].all()
    kitchen = make("overcooked", horizon=30)
    cook = policy_of(dataclasses.replace(checkpoint, variant=dict(kitchen.variant)))
    greedy = partner("greedy", kitchen)
    for seats in ([cook, greedy], [greedy, cook]):
        assert play(kitchen, seats, 2).scores.shape == (2, 2)
