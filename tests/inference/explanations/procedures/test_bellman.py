"""Values of states against linear systems, enumeration of policies, and plain loops."""

from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.explanations.procedures.bellman import backward, stationary, worths
from comity.inference.numerics import best_options, x64

RNG = np.random.default_rng(5)
REWARDS = RNG.uniform(-1, 2, (2, 4))
TRANSITIONS = RNG.dirichlet(np.full(4, 0.4), (2, 4))
DISCOUNT = 0.9


def policy_value(policy):
    """The values of a pure policy, from its linear system."""
    states = np.arange(4)
    moves = TRANSITIONS[policy, states]
    return np.linalg.solve(np.eye(4) - DISCOUNT * moves, REWARDS[policy, states])


def best_value():
    """The best values over all pure policies: one policy is best in every state."""
    return np.max([policy_value(np.array(p)) for p in product(range(2), repeat=4)], axis=0)


def improve(worth, _):
    options = jnp.ones(worth.shape[::-1], bool)
    return best_options(worth.T, options).T, jnp.zeros(worth.shape[1])


@jax.jit
def best(rewards, transitions, discount):
    return stationary(improve, rewards, transitions, discount, jnp.asarray(1.0))


def test_worths():
    values = RNG.normal(size=4)
    expected = [
        [REWARDS[k, s] + 0.9 * sum(TRANSITIONS[k, s] * values) for s in range(4)] for k in range(2)
    ]
    with x64():
        found = worths(jnp.asarray(REWARDS), jnp.asarray(TRANSITIONS), jnp.asarray(values), 0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_for_ever_is_the_best_of_all_policies():
    with x64():
        found = np.asarray(best(REWARDS, TRANSITIONS, DISCOUNT))
    np.testing.assert_allclose(found, best_value(), rtol=1e-12)


def test_slopes_are_those_of_the_best_policy():
    # With the policy fixed, values are (I - d P)^-1 r: by reward its column, by discount
    # (I - d P)^-1 P v.
    policy = max(product(range(2), repeat=4), key=lambda p: policy_value(np.array(p)).sum())
    moves = TRANSITIONS[np.array(policy), np.arange(4)]
    inverse = np.linalg.inv(np.eye(4) - DISCOUNT * moves)
    with x64():
        by_reward, by_discount = jax.jacrev(best, argnums=(0, 2))(REWARDS, TRANSITIONS, DISCOUNT)
    np.testing.assert_allclose(by_discount, inverse @ moves @ best_value(), rtol=1e-9)
    np.testing.assert_allclose(np.asarray(by_reward).sum(axis=1), inverse, rtol=1e-9)


@pytest.mark.parametrize("left", [1, 2, 5])
def test_backward_stops_after_the_last_decision(left):
    values = np.zeros(4)
    for _ in range(left - 1):
        values = (REWARDS + DISCOUNT * TRANSITIONS @ values).max(axis=0)
    with x64():
        pay, follow = jnp.asarray(REWARDS), jnp.asarray(TRANSITIONS)
        found = backward(lambda v: jnp.max(worths(pay, follow, v, DISCOUNT), axis=0), 4, left, 9)
    np.testing.assert_allclose(found, values, rtol=1e-12)
