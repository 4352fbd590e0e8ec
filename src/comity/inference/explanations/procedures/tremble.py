"""Tremble: the best option, unless one errs."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import error_rate
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import IMPOSSIBLE, best_options


def trembling(values: jax.Array, options: jax.Array, error: jax.Array) -> jax.Array:
    """Return how likely each option is: even among the best, but for an error at random."""
    anyhow = options / jnp.sum(options)
    return (1 - error) * best_options(values, options) + error * anyhow


def choose(view: View, error: jax.Array) -> jax.Array:
    """Return log-probabilities of the best option or options, with errors at random."""
    likely = trembling(view.expected(), view.options, error)
    return jnp.where(view.options, jnp.log(jnp.where(view.options, likely, 1.0)), IMPOSSIBLE)


TREMBLE = Procedure(
    "tremble",
    choose,
    (error_rate(),),
    smooth=False,
    about="The best option, but for errors at random.",
    source="Harless and Camerer (1994)",
)
