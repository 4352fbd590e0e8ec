import dataclasses

import numpy as np
import pytest

from assisting import assistant_policies, logit, random_game, reply_value
from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, Reply, noisy
from comity.assistance.solving import (
    Idle,
    evaluate_assistant,
    inverse_reward,
    one_person,
    solve_assistance,
)
from comity.core import InputError


class Tree:
    """An assistant that follows a policy of the brute force."""

    name = "tree"

    def __init__(self, game, policy):
        self.game, self.policy = game, policy

    def begin(self):
        return ()

    def _node(self, memory):
        node = self.policy
        for step in memory:
            node = node[1][step]
        return node

    def act(self, state, memory):
        return self._node(memory)[0]

    def after(self, state, memory, person, slot):
        a = self.act(state, memory)
        return (*memory, (person, int(self.game.next_states[state, person, a, slot])))


@pytest.mark.parametrize("reply", [(RATIONAL, np.max), (Reply(1.5), logit(1.5))])
def test_any_policy_against_the_definition(rng, reply):
    game = random_game(rng, branching=2, horizon=2, discount=0.9)
    procedure, choose = reply
    policies = list(assistant_policies(game, game.start, 2))
    for policy in policies[::5]:
        found = evaluate_assistant(game, Tree(game, policy), procedure)
        expected = [reply_value(game, policy, g, game.start, choose) for g in range(2)]
        assert found.by_type == pytest.approx(np.array(expected))
        assert found.value.value == pytest.approx(game.prior @ expected)
        assert found.value.kind == "exact"


def test_against_play_at_random():
    game = catalogue_game("chef-world", recipes=3)
    person, assistant = noisy(game, 4.0), inverse_reward(game, noisy(game, 4.0))
    exact = evaluate_assistant(game, assistant, person).value.value
    rng = np.random.default_rng(5)
    got = []
    for _ in range(3_000):
        goal = rng.choice(3, p=game.prior)
        state, memory, total = game.start, assistant.begin(), 0.0
        for step in range(game.horizon):
            if game.final[state]:
                break
            h = rng.choice(4, p=person.at(step, state)[goal])
            a = assistant.act(state, memory)
            total += game.discount**step * game.rewards[goal, state, h, a]
            memory = assistant.after(state, memory, h, 0)
            state = game.next_states[state, h, a, 0]
        got.append(total)
    assert abs(np.mean(got) - exact) < 5 * np.std(got) / np.sqrt(len(got))


def test_fewer_steps_are_an_estimate_with_bounds(rng):
    game = random_game(rng, horizon=None, discount=0.5)
    found = evaluate_assistant(game, Idle(game), RATIONAL, steps=3).value
    longer = evaluate_assistant(game, Idle(game), RATIONAL, steps=12).value
    assert found.kind == "estimate"
    assert found.low <= longer.value <= found.high


def test_bounds_are_of_the_rewards_that_are_counted(rng):
    """Those of hidden types need not be those of the game."""
    game = random_game(rng, horizon=None, discount=0.5)
    hidden = dataclasses.replace(one_person(game, RATIONAL), rewards=100.0 * game.rewards)
    found = evaluate_assistant(hidden, Idle(game), steps=2).value
    longer = evaluate_assistant(hidden, Idle(game), steps=20).value
    assert found.low <= longer.value <= found.high
    assert abs(longer.value - found.value) > 1  # So bounds of the game itself would not do.


def test_bounds_with_a_horizon_count_the_steps_that_are_left(rng):
    game = random_game(rng, horizon=6)
    found = evaluate_assistant(game, Idle(game), RATIONAL, steps=2).value
    low, high = game.reward_range
    assert found.high - found.low == pytest.approx(4 * (high - low))
    assert found.low <= evaluate_assistant(game, Idle(game), RATIONAL).value.value <= found.high


@pytest.mark.parametrize("steps", [0, -1, 5, True])
def test_steps_that_a_game_does_not_have_are_refused(steps):
    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="steps"):
        evaluate_assistant(game, Idle(game), RATIONAL, steps=steps)


def test_a_plan_is_followed_no_further_than_it_goes(rng):
    endless = random_game(rng, horizon=None, discount=0.5)
    short = solve_assistance(endless, error=0.1)
    found = evaluate_assistant(endless, short.assistant, RATIONAL).value
    assert found.low <= short.upper_bound.value
    assert found.high >= short.value.value
    with pytest.raises(InputError, match="steps"):
        evaluate_assistant(endless, short.assistant, RATIONAL, steps=short.steps + 1)
    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="steps"):
        evaluate_assistant(game.with_fields(horizon=9), solve_assistance(game).assistant, RATIONAL)


@pytest.mark.parametrize("action", [1, -1, 9])
def test_an_assistant_may_not_do_what_it_may_not(action):
    class Rogue(Idle):
        def act(self, state, memory):
            return action if game.states[state] == "asked" else game.assistant_actions.index("ask")

    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="may not"):
        evaluate_assistant(game, Rogue(game), RATIONAL)
