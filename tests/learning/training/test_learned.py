import dataclasses

import numpy as np
import pytest

from comity.core import InputError
from comity.core.results import plain
from comity.learning.environments.make import make
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy, View
from comity.learning.training.checkpoints import Checkpoint, load, save
from comity.learning.training.learned import Learned, filled, flattened
from comity.learning.training.networks import Network
from comity.learning.training.ppo import network_for
from comity.learning.training.settings import Settings

SETTINGS = Settings(hidden=(6,), recurrent=3, actor_scale=2.0)


@pytest.fixture(scope="module")
def environment():
    return make("tiny hanabi", game="E")


@pytest.fixture(scope="module")
def checkpoint(environment):
    return Checkpoint(
        agent="ippo",
        environment=environment.name,
        variant=dict(environment.variant),
        settings=plain(SETTINGS),
        seed=0,
        steps=0,
        policy=flattened(network_for(environment, SETTINGS).init(0)),
    )


def test_trees_are_flattened_and_filled():
    tree = {"b": [{"x": np.ones(2)}], "a": np.zeros(1)}
    flat = flattened(tree)
    assert sorted(flat) == ["a", "b/0/x"]
    again = filled(tree, {"a": np.full(1, 5.0), "b/0/x": np.full(2, 6.0)})
    assert again["b"][0]["x"].tolist() == [6.0, 6.0]


def test_it_plays_from_its_file(environment, checkpoint, tmp_path):
    agent = Learned.of(save(checkpoint, tmp_path / "agent.npz"))
    assert isinstance(agent, Policy)
    assert agent.name == "agent"
    ours, again = (play(environment, [agent, agent], 20, rng=3) for _ in range(2))
    assert np.array_equal(ours.actions, again.actions)
    assert ours.scores.shape == (20, 2)


def view(environment, acting):
    state = environment.start([{"cards": [0, 1]}, {"cards": [1, 0]}])
    seen, legal = environment.observe(state)[:, 0], environment.legal(state)[:, 0]
    return View(seen, legal, np.array(acting), state, 0)


def test_memory_moves_only_where_it_decides(environment, checkpoint):
    agent = Learned.of(checkpoint)
    memory = agent.begin(environment, 0, 2, 0)
    actions, after = agent.act(memory, view(environment, [True, False]))
    assert after.memory[0].any()
    assert not after.memory[1].any()
    chances, moved = agent.chances(view(environment, [True, True]), memory.memory)
    assert np.array_equal(moved[0], after.memory[0])
    assert np.array_equal(chances.argmax(axis=1), actions)
    assert not agent.forget(after, np.array([True, False]), 0).memory.any()


def test_draws_follow_the_chances(environment, checkpoint):
    agent = Learned.of(checkpoint, greedy=False)
    many = dataclasses.replace(view(environment, [True, True]))
    games = 4000
    repeated = View(
        np.repeat(many.observation[:1], games, axis=0),
        np.repeat(many.legal[:1], games, axis=0),
        np.ones(games, dtype=bool),
        None,
        0,
    )
    memory = agent.begin(environment, 0, games, 0)
    chances, _ = agent.chances(repeated, memory.memory)
    drawn = np.bincount(agent.act(memory, repeated)[0], minlength=3) / games
    assert chances[0].max() < 0.99
    assert drawn == pytest.approx(chances[0], abs=5 * 0.5 / np.sqrt(games))


def test_another_game_is_refused(checkpoint):
    with pytest.raises(InputError, match="another game"):
        Learned.of(checkpoint).begin(make("tiny hanabi", game="B"), 0, 1, 0)


def test_arrays_of_another_network(checkpoint):
    wrong = dataclasses.replace(checkpoint, settings=plain(SETTINGS.changed(hidden=(7,))))
    with pytest.raises(InputError, match="network"):
        Learned.of(wrong)


NONSENSE = [
    {"settings": {"hidden": 5}},
    {"settings": {"hidden": [10**9, 10**9]}},
    {"settings": {"recurrent": "many"}},
    {"settings": {"discount": [1]}},
    {"settings": {"no such": 1}},
    {"variant": {"game": 7}},
    {"variant": {"colour": "red"}},
    {"environment": "chess"},
]


@pytest.mark.parametrize("change", NONSENSE)
def test_a_forged_head_with_a_right_digest_is_an_error_with_the_name_of_the_file(
    checkpoint, change, tmp_path
):
    file = save(dataclasses.replace(checkpoint, **change), tmp_path / "forged.npz")
    with pytest.raises(InputError, match=r"forged\.npz"):
        Learned.of(file)


@pytest.mark.parametrize("recurrent", [0, 3])
@pytest.mark.parametrize("central", [False, True])
def test_a_network_knows_its_size(recurrent, central):
    network = Network(2, 5, 3, hidden=(4, 7), recurrent=recurrent, central=central)
    assert network.size == sum(array.size for array in flattened(network.init(0)).values())


@pytest.mark.parametrize("change", [lambda array: array * np.nan, lambda array: array.astype(str)])
def test_weights_that_are_no_numbers(checkpoint, change):
    name = "actor/head/bias"
    policy = dict(checkpoint.policy) | {name: change(checkpoint.policy[name])}
    with pytest.raises(InputError, match=r"actor/head/bias: .* no number"):
        Learned.of(dataclasses.replace(checkpoint, policy=policy))


def test_files_that_hold_no_agent(tmp_path):
    (tmp_path / "x.npz").write_bytes(b"PK")
    with pytest.raises(InputError):
        load(tmp_path / "x.npz")
