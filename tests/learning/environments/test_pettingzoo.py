"""PettingZoo's own tests of its interfaces, on comity's environments."""

import numpy as np
import pytest
from pettingzoo.test import api_test, parallel_api_test, parallel_seed_test, seed_test

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.environments.pettingzoo import TogetherEnv, TurnsEnv, to_pettingzoo

TOGETHER = [
    ("overcooked", {"horizon": 20}),
    ("iterated", {"horizon": 10}),
    ("iterated", {"horizon": 10, "continuation": 0.5, "game": "public_goods"}),
    ("lever", {}),
]
TURNS = [("tiny hanabi", {"game": "C"}), ("hanabi", {"colours": 2, "ranks": 2, "hand": 2})]


@pytest.mark.parametrize(("name", "rules"), TOGETHER)
def test_the_parallel_interface(name, rules):
    env = TogetherEnv(make(name, **rules))
    parallel_api_test(env, num_cycles=50)
    parallel_seed_test(lambda: TogetherEnv(make(name, **rules)), num_cycles=20)


# Lever shows one number; before the first round of an iterated game there is nothing to see.
@pytest.mark.filterwarnings("ignore:Observation is a single number")
@pytest.mark.filterwarnings("ignore:Observation numpy array is all zeros")
@pytest.mark.parametrize(("name", "rules"), [*TOGETHER, *TURNS])
def test_the_interface_agent_by_agent(name, rules):
    api_test(to_pettingzoo(make(name, **rules)), num_cycles=50)
    seed_test(lambda: to_pettingzoo(make(name, **rules)), num_cycles=20)


def test_rewards_are_those_of_the_environment():
    kitchen = make("overcooked")
    cooks = [{"at": [3, 2], "facing": "south", "holds": "soup OOO"}, {"at": [1, 1]}]
    env = TogetherEnv(kitchen)
    seen, infos = env.reset(options={"start": {"cooks": cooks}})
    assert np.array_equal(seen["player_1"], kitchen.observe(env.table.state)[0, 1])
    assert infos["player_0"]["action_mask"].tolist() == [1] * 6
    _, rewards, over, cut, _ = env.step({"player_0": 5, "player_1": 4})
    assert rewards == {"player_0": 20.0, "player_1": 20.0}
    assert not any([*over.values(), *cut.values()])


def test_turns_pay_both_at_the_end():
    env = TurnsEnv(make("tiny hanabi", game="A"))
    env.reset(options={"start": {"cards": [0, 0]}})
    order = []
    for agent in env.agent_iter():
        _, reward, over, _, _ = env.last()
        order.append((agent, reward))
        env.step(None if over else 0)
    assert [agent for agent, _ in order] == ["player_0", "player_1", "player_0", "player_1"]
    assert order[2][1] == order[3][1] == make("tiny hanabi", game="A").payoffs[0, 0, 0, 0]


def test_games_of_turns_only():
    with pytest.raises(InputError, match="at once"):
        TurnsEnv(make("lever"))


def test_what_is_not_allowed_is_refused_on_jax_too():
    env = TogetherEnv(make("lever", "jax"))
    env.reset()
    with pytest.raises(InputError, match="not allowed"):
        env.step({"player_0": 99, "player_1": 0})
