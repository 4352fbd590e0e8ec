"""Planning against enumerated policies, value iteration and trajectories."""

from itertools import product

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.plans import decisions_by_state
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motives.weighted import weighted
from comity.inference.explanations.procedures.planning import PLANNING, PLANNING_SOFT
from explaining import table

RNG = np.random.default_rng(5)
REWARDS = RNG.uniform(-1, 2, (2, 3))
TRANSITIONS = RNG.dirichlet(np.full(3, 0.4), (2, 3))
STATES = decisions_by_state(["a", "b"], "xyz", REWARDS, TRANSITIONS)
BEST, SOFT = explain("own-payoff", "planning"), explain("own-payoff", "planning-soft")


def soft(worth, sensitivity):
    """Logit choice by column: worth is (K, S), the answer (S, K)."""
    weights = np.exp(sensitivity * (worth - worth.max(axis=0)))
    return (weights / weights.sum(axis=0)).T


def test_best_plan_among_all_policies():
    values = np.full(3, -np.inf)
    for policy in map(np.array, product(range(2), repeat=3)):
        moves, earned = TRANSITIONS[policy, np.arange(3)], REWARDS[policy, np.arange(3)]
        values = np.maximum(values, np.linalg.solve(np.eye(3) - 0.9 * moves, earned))
    expected = soft(REWARDS + 0.9 * TRANSITIONS @ values, 1.7)
    found = table(BEST, STATES, sensitivity=1.7, discount=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_soft_plan_by_value_iteration():
    values = np.zeros(3)
    for _ in range(600):
        worth = REWARDS + 0.9 * TRANSITIONS @ values
        values = np.log(np.exp(1.7 * worth).sum(axis=0)) / 1.7
    found = table(SOFT, STATES, sensitivity=1.7, discount=0.9)
    np.testing.assert_allclose(found, soft(worth, 1.7), rtol=1e-9)


def test_a_soft_plan_weighs_trajectories_by_their_return():
    # Where nothing is left to chance, maximum entropy makes trajectories as likely as the
    # exponential of what they earn (Ziebart 2010): three decisions on a ring of three states.
    ring = np.array([np.eye(3), np.roll(np.eye(3), 1, axis=1)])
    states = decisions_by_state(["stay", "go"], "xyz", REWARDS, ring, left=3)
    weights = np.zeros(2)
    for path in product(range(2), repeat=3):
        state, earned = 0, 0.0
        for option in path:
            earned += REWARDS[option, state]
            state = (state + option) % 3
        weights[path[0]] += np.exp(1.3 * earned)
    found = table(SOFT, states, sensitivity=1.3, discount=1.0)
    np.testing.assert_allclose(found[0], weights / weights.sum(), rtol=1e-10)


@pytest.mark.parametrize("left", [1, 4])
def test_decisions_left(left):
    states = decisions_by_state(["a", "b"], "xyz", REWARDS, TRANSITIONS, left=left)
    values = np.zeros(3)
    for _ in range(left - 1):
        values = (REWARDS + 0.9 * TRANSITIONS @ values).max(axis=0)
    expected = soft(REWARDS + 0.9 * TRANSITIONS @ values, 1.7)
    found = table(BEST, states, sensitivity=1.7, discount=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_what_ends_is_worth_nothing_afterwards():
    # Going ends all: worth is the reward alone; staying pays for ever.
    ends = decisions_by_state(["stay", "go"], ["here"], [[1.0], [4.0]], [[[1.0]], [[0.0]]])
    for discount, stays in ((0.7, False), (0.8, True)):
        found = table(BEST, ends, sensitivity=50.0, discount=discount)[0, 0]
        assert (found > 0.5) == stays


def test_inverse_reinforcement_learning_is_a_motive_of_features():
    # Rewards that are weighted sums of features plan as the sums do.
    features = RNG.normal(size=(2, 3, 2))
    states = decisions_by_state(["a", "b"], "xyz", features, TRANSITIONS)
    plain = decisions_by_state(["a", "b"], "xyz", features @ [1.5, -0.5], TRANSITIONS)
    learner = Explanation(weighted(["gold", "mud"]), PLANNING)
    found = table(learner, states, gold=1.5, mud=-0.5, sensitivity=1.0, discount=0.8)
    expected = table(BEST, plain, sensitivity=1.0, discount=0.8)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_belief_about_the_state_weighs_worths():
    unsure = Situation(
        ("a", "b"), REWARDS[:, :, None], contingencies=[0.5, 0.3, 0.2], transitions=TRANSITIONS
    )
    sure = table(BEST, STATES, sensitivity=1.0, discount=0.9)
    gaps = np.log(sure[:, 0] / sure[:, 1])
    found = table(BEST, [unsure] * 3, sensitivity=1.0, discount=0.9)[0]
    assert np.log(found[0] / found[1]) == pytest.approx(gaps @ [0.5, 0.3, 0.2], rel=1e-10)


def test_what_cannot_be_planned_is_refused():
    with pytest.raises(InputError, match="no transitions"):
        BEST.check([Situation(("a", "b"), [[1.0], [2.0]])])
    endless = decisions_by_state(["a", "b"], "xyz", REWARDS, TRANSITIONS, left=1000)
    with pytest.raises(InputError, match="1000 decisions left, of 1 to 100"):
        Explanation(weighted(["one"]), PLANNING_SOFT).check(endless)
