import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest

from comity.learning.training import networks
from comity.learning.training.networks import Network, orthogonal

PLAIN = Network(players=2, observations=3, actions=4, hidden=(5,))
RECURRENT = Network(players=2, observations=3, actions=4, hidden=(5,), recurrent=6)


@pytest.mark.parametrize(("width", "units"), [(7, 3), (3, 7), (4, 4)])
def test_weights_are_orthogonal(width, units):
    found = orthogonal(np.random.default_rng(0), width, units, 2.0)
    assert found.shape == (width, units)
    assert found.dtype == np.float32
    small = found.T @ found if width >= units else found @ found.T
    assert small == pytest.approx(4 * np.eye(len(small)), abs=1e-5)


def test_the_same_seed_gives_the_same_network():
    first, again, other = (PLAIN.init(seed)["actor"]["head"]["weights"] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def told(network, batch=3):
    rng = np.random.default_rng(0)
    observation = rng.normal(size=(batch, 2, network.observations)).astype(np.float32)
    legal = rng.random((batch, 2, network.actions)) < 0.7
    legal[..., 0] = True
    return observation, np.tile(np.arange(2), (batch, 1)), legal


@pytest.mark.parametrize("network", [PLAIN, RECURRENT])
def test_numpy_and_jax_agree(network):
    parameters, (observation, seat, legal) = network.init(0), told(network)
    memory = np.random.default_rng(1).normal(size=(3, 2, network.recurrent)).astype(np.float32)
    ours = network.act(parameters, memory, observation, seat, legal, np)
    theirs = network.act(parameters, memory, observation, seat, legal, jnp)
    assert ours[0] == pytest.approx(np.asarray(theirs[0]), abs=1e-5)
    assert ours[1] == pytest.approx(np.asarray(theirs[1]), abs=1e-5)
    assert (ours[0][~legal] < -1e8).all()


@pytest.mark.parametrize("network", [PLAIN, RECURRENT, dataclasses.replace(PLAIN, central=True)])
def test_both_towers_at_once_say_what_each_says(network):
    parameters, (observation, seat, legal) = network.init(0), told(network)
    seen = np.tile(observation.reshape(3, 1, -1), (1, 2, 1)) if network.central else observation
    memory = np.random.default_rng(1).normal(size=(3, 2, 2, network.recurrent))
    odds, value, moved = network.both(parameters, memory, (observation, seen, seat, legal), np)
    act = network.act(parameters, memory[..., 0, :], observation, seat, legal, np)
    judge = network.judge(parameters, memory[..., 1, :], seen, seat, np)
    assert odds == pytest.approx(act[0], abs=1e-5)
    assert value == pytest.approx(judge[0], abs=1e-5)
    assert moved == pytest.approx(np.stack([act[1], judge[1]], axis=-2), abs=1e-5)


@pytest.mark.parametrize("network", [PLAIN, RECURRENT])
def test_a_gpu_is_served_the_same_numbers_at_once(network, monkeypatch):
    parameters, (observation, seat, legal) = network.init(0), told(network)
    memory = np.random.default_rng(1).normal(size=(3, 2, 2, network.recurrent))
    shown = (jnp.asarray(observation), jnp.asarray(observation), seat, legal)
    apart = network.both(parameters, memory, shown, jnp)
    monkeypatch.setattr(networks, "on_cpu", lambda: False)
    at_once = network.both(parameters, memory, shown, jnp)
    for one, other in zip(apart, at_once, strict=True):
        assert np.asarray(one) == pytest.approx(np.asarray(other), abs=1e-5)


def test_places_that_are_empty_need_not_be_told():
    network = dataclasses.replace(PLAIN, observations=6)
    parameters, places = network.init(0), np.array([4, 1])
    narrow = network.looking_at(parameters, places)
    rng = np.random.default_rng(0)
    few = rng.normal(size=(3, 2, 2))
    whole = np.zeros((3, 2, 6))
    whole[..., places] = few
    seat, legal = np.array([[0, 1]] * 3), np.ones((3, 2, 4), dtype=bool)
    memory = network.memory(3, 2)
    told = network.both(parameters, memory, (whole, whole, seat, legal), np)
    again = network.both(narrow, memory, (few, few, seat, legal), np)
    for first, second in zip(told, again, strict=True):
        assert first == pytest.approx(np.asarray(second), abs=1e-6)


def test_the_network_is_the_one_described():
    parameters, (observation, _, legal) = PLAIN.init(3), told(PLAIN, 1)
    actor = parameters["actor"]
    x = np.concatenate([observation[0, 1], [0.0, 1.0]])
    hidden = np.tanh(x @ actor["layers"][0]["weights"])
    odds, _ = PLAIN.act(parameters, None, observation[0, 1], np.array(1), legal[0, 1], np)
    expected = hidden @ actor["head"]["weights"]
    assert odds[legal[0, 1]] == pytest.approx(expected[legal[0, 1]])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_the_gated_unit_is_the_one_described():
    parameters = RECURRENT.init(4)
    gru = parameters["critic"]["gru"]
    rng = np.random.default_rng(5)
    gru["bias"] = rng.normal(size=18).astype(np.float32)
    seen, before = rng.normal(size=3).astype(np.float32), rng.normal(size=6).astype(np.float32)
    value, after = RECURRENT.judge(parameters, before, seen, np.array(0), np)
    critic = parameters["critic"]
    x = np.tanh(np.concatenate([seen, [1.0, 0.0]]) @ critic["layers"][0]["weights"])
    expected = np.zeros(6)
    for unit in range(6):
        outer = [x @ gru["outer"][:, g * 6 + unit] + gru["bias"][g * 6 + unit] for g in range(3)]
        inner = [before @ gru["inner"][:, g * 6 + unit] for g in range(3)]
        reset, update = sigmoid(outer[0] + inner[0]), sigmoid(outer[1] + inner[1])
        news = np.tanh(outer[2] + reset * inner[2])
        expected[unit] = (1 - update) * news + update * before[unit]
    assert after == pytest.approx(expected, abs=1e-5)
    assert value == pytest.approx(float(expected @ critic["head"]["weights"][:, 0]), abs=1e-5)


def test_a_central_critic_sees_all():
    network = Network(players=2, observations=3, actions=4, central=True)
    assert network.init(0)["critic"]["layers"][0]["weights"].shape[0] == 2 * 3 + 2
    assert network.init(0)["actor"]["layers"][0]["weights"].shape[0] == 3 + 2


def test_memory_is_empty_at_first():
    assert RECURRENT.memory(4, 2).shape == (4, 2, 2, 6)
    assert PLAIN.memory(4).size == 0
