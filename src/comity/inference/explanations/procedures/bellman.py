"""Values of states in a small Markov decision process, by steps back or for ever."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp

Step = Callable[[jax.Array], jax.Array]
"""From the values of the states that follow to those of the states now, (S,) to (S,)."""
Improve = Callable[[jax.Array, jax.Array], tuple[jax.Array, jax.Array]]
"""``improve(worth, sensitivity)``: from worths of options by state, shape (K, S), to a policy of
that shape and a bonus by state, shape (S,)."""

MOST_ROUNDS = 200
SETTLED = 1e-12
"""Values that change by less than this share of their size are found."""
ROUNDING = 1e-5
"""Changes below this share may be rounding, which near a discount of 1 is large."""
MOST_DISCOUNT = 1 - 1e-8
"""What a discount factor counts as at most where decisions go on for ever: values are finite."""


def worths(
    rewards: jax.Array, transitions: jax.Array, values: jax.Array, discount: jax.Array
) -> jax.Array:
    """Return what each option is worth in each state, shape (K, S).

    Parameters
    ----------
    rewards : shape (K, S).
    transitions : shape (K, S, S).
    values : of the states that follow, shape (S,).
    """
    return rewards + discount * transitions @ values


def backward(step: Step, size: int, left: jax.Array, most: int) -> jax.Array:
    """Return the values of states once this decision is made, shape (size,).

    Parameters
    ----------
    step : takes values one decision back.
    left : number of decisions left, this one included; nothing is worth anything after the last.
    most : upper bound of ``left``.
    """

    # Slopes are worked out from the values of each step again: what lies between is large.
    @jax.checkpoint
    def back(done: jax.Array, values: jax.Array) -> jax.Array:
        return jnp.where(done < left - 1, step(values), values)

    return jax.lax.fori_loop(0, most - 1, back, jnp.zeros(size))


def stationary(
    improve: Improve,
    rewards: jax.Array,
    transitions: jax.Array,
    discount: jax.Array,
    sensitivity: jax.Array,
) -> jax.Array:
    """Return the values of states when decisions go on for ever, shape (S,).

    Policy iteration: the policy that looks best at given values is worth what a linear system says,
    and so on until nothing changes. This is Newton's method for Bellman's equation (Puterman and
    Brumelle 1979), so two more rounds with slopes give the solution's own slopes.
    """

    def better(
        values: jax.Array, pay: jax.Array, follow: jax.Array, rate: jax.Array, steepness: jax.Array
    ) -> jax.Array:
        policy, bonus = improve(worths(pay, follow, values, rate), steepness)
        moves = jnp.einsum("ks,kst->st", policy, follow)
        earned = jnp.sum(policy * pay, axis=0) + bonus
        return jnp.linalg.solve(jnp.eye(len(values)) - rate * moves, earned)

    given = (rewards, transitions, jnp.minimum(discount, MOST_DISCOUNT), sensitivity)
    held = jax.lax.stop_gradient(given)

    def unsettled(now: tuple[jax.Array, jax.Array, jax.Array, jax.Array]) -> jax.Array:
        values, change, before, rounds = now
        size = 1 + jnp.max(jnp.abs(values))
        # Steps of Newton's method shrink ever faster; those that do not are rounding.
        rounding = (change < ROUNDING * size) & (change > 0.5 * before)
        return (change > SETTLED * size) & ~rounding & (rounds < MOST_ROUNDS)

    def again(
        now: tuple[jax.Array, jax.Array, jax.Array, jax.Array],
    ) -> tuple[jax.Array, jax.Array, jax.Array, jax.Array]:
        found = better(now[0], *held)
        return found, jnp.max(jnp.abs(found - now[0])), now[1], now[3] + 1

    far = jnp.asarray(jnp.inf)
    start = (jnp.zeros(rewards.shape[1]), far, far, jnp.asarray(0))
    values = jax.lax.while_loop(unsettled, again, start)[0]
    return jax.lax.fori_loop(0, 2, lambda _, now: better(now, *given), values)
