"""Inertia: one does as before, unless one looks again."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import IMPOSSIBLE, log_mix, log_softmax

INERTIA = Parameter("inertia", "chance of doing as before", 0.0, 1.0, typical=(0.1, 0.7))


def _start(view: View, sensitivity: jax.Array, inertia: jax.Array) -> jax.Array:
    return jnp.asarray(-1)


def _choose(view: View, state: jax.Array, sensitivity: jax.Array, inertia: jax.Array) -> jax.Array:
    """Return log-probabilities: logit, or the option of the round before if it is there."""
    anew = log_softmax(sensitivity * view.expected(), view.options)
    before = (jnp.arange(len(view.options)) == state) & view.options
    again = jnp.where(before, 0.0, IMPOSSIBLE)
    return log_mix(jnp.where(jnp.any(before), inertia, 0.0), anew, again)


def _update(
    state: jax.Array,
    view: View,
    own: jax.Array,
    others: jax.Array,
    sensitivity: jax.Array,
    inertia: jax.Array,
) -> jax.Array:
    return jnp.asarray(own, state.dtype)


HABIT = Procedure(
    "inertia",
    _choose,
    (sensitivity(), INERTIA),
    start=_start,
    update=_update,
    watches=False,
    about="Does as before, or looks again and chooses by logit.",
    source="Erev and Haruvy (2016), on inertia",
)
