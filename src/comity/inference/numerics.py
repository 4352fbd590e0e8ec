"""What all numbers of inference rest on: double precision by context, and choices among options."""

from __future__ import annotations

from contextlib import AbstractContextManager

import jax
import jax.numpy as jnp

IMPOSSIBLE = -jnp.inf
"""Log-probability of an option that cannot be chosen."""


def x64() -> AbstractContextManager[None]:
    """Return a context in which JAX computes in double precision; nothing is set globally."""
    return jax.enable_x64(True)


def log_softmax(values: jax.Array, options: jax.Array) -> jax.Array:
    """Return log-probabilities proportional to ``exp(values)`` over the options there are.

    Parameters
    ----------
    values, options : shape (..., K); ``options`` is false where there is no such option.

    Gradients stay finite beside options that are not there, also where there are none at all.
    """
    shown = jnp.where(options, values, -jnp.inf)
    top = jax.lax.stop_gradient(jnp.max(shown, axis=-1, keepdims=True))
    shifted = jnp.where(options, values - top, 0.0)
    total = jnp.sum(jnp.where(options, jnp.exp(shifted), 0.0), axis=-1, keepdims=True)
    total = jnp.where(total > 0, total, 1.0)
    return jnp.where(options, shifted - jnp.log(total), IMPOSSIBLE)


def log_uniform(options: jax.Array) -> jax.Array:
    """Return the log-probabilities of choosing at random among the options there are."""
    count = jnp.sum(options, axis=-1, keepdims=True)
    return jnp.where(options, -jnp.log(count), IMPOSSIBLE)


def log_mix(weight: jax.Array, first: jax.Array, second: jax.Array) -> jax.Array:
    """Return log((1 - weight) exp(first) + weight exp(second)), with gradients at the edges.

    ``first`` and ``second`` are log-probabilities, of which some may be minus infinity.
    """
    mixed = (1 - weight) * jnp.exp(first) + weight * jnp.exp(second)
    return jnp.where(mixed > 0, jnp.log(jnp.where(mixed > 0, mixed, 1.0)), IMPOSSIBLE)


def best_options(values: jax.Array, options: jax.Array) -> jax.Array:
    """Return probabilities that are even among the best options, shape (..., K).

    Values within rounding of the best count as best, so that exact ties stay ties.
    """
    shown = jnp.where(options, values, -jnp.inf)
    top = jnp.max(shown, axis=-1, keepdims=True)
    size = 1 + jnp.max(jnp.where(options, jnp.abs(values), 0.0), axis=-1, keepdims=True)
    best = jnp.where(shown >= top - 1e-9 * size, 1.0, 0.0)
    return best / jnp.sum(best, axis=-1, keepdims=True)
