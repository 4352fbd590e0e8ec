"""Reinforcement: what paid is done again.

`REINFORCEMENT` adds up what each option earned when it was chosen, forgets some of it each round,
and chooses by logit. `ROTH_EREV` chooses in proportion to propensities instead: Erev and Roth
(1998), with recency, experimentation, and rewards counted from the least one can get.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.ewa import DECAY
from comity.inference.numerics import IMPOSSIBLE, log_softmax

LEAST = 1e-12
"""A propensity below which none falls, as a share of all: it could not be told from 0."""
STRENGTH = Parameter(
    "strength", "rounds that first propensities are worth", 0.0, typical=(1.0, 9.0)
)
RECENCY = Parameter(
    "recency", "share of the past forgotten by round", 0.0, 1.0, typical=(0.01, 0.2)
)
EXPERIMENTATION = Parameter(
    "experimentation", "share of a reward that goes to other options", 0.0, 1.0, typical=(0.05, 0.3)
)


def _start(view: View, sensitivity: jax.Array, decay: jax.Array) -> jax.Array:
    return jnp.zeros(len(view.options))


def _choose(view: View, state: jax.Array, sensitivity: jax.Array, decay: jax.Array) -> jax.Array:
    return log_softmax(sensitivity * state, view.options)


def _update(
    state: jax.Array,
    view: View,
    own: jax.Array,
    others: jax.Array,
    sensitivity: jax.Array,
    decay: jax.Array,
) -> jax.Array:
    return (decay * state).at[own].add(view.utility[own, others])


def _rewards(view: View) -> jax.Array:
    """Return utilities counted from the least there is, shape (K, S)."""
    there = view.options[:, None] & view.present
    return jnp.where(there, view.utility - jnp.min(jnp.where(there, view.utility, jnp.inf)), 0.0)


def _start_propensities(view: View, *, strength: jax.Array, **rest: jax.Array) -> jax.Array:
    """Return propensities even over the options, together ``strength`` mean rewards."""
    there = view.options[:, None] & view.present
    mean = jnp.sum(_rewards(view)) / jnp.sum(there)
    worth = strength * jnp.where(mean > 0, mean, 1.0)
    return view.options * worth / jnp.sum(view.options)


def _choose_in_proportion(view: View, state: jax.Array, **rest: jax.Array) -> jax.Array:
    shares = jnp.maximum(state / jnp.sum(state), LEAST)
    return jnp.where(view.options, jnp.log(shares / jnp.sum(shares * view.options)), IMPOSSIBLE)


def _update_propensities(
    state: jax.Array,
    view: View,
    own: jax.Array,
    others: jax.Array,
    *,
    recency: jax.Array,
    experimentation: jax.Array,
    **rest: jax.Array,
) -> jax.Array:
    reward = _rewards(view)[own, others]
    spread = experimentation / jnp.maximum(jnp.sum(view.options) - 1, 1)
    chosen = jnp.arange(len(state)) == own
    earned = reward * jnp.where(chosen, 1 - experimentation, spread)
    return (1 - recency) * state + earned * view.options


REINFORCEMENT = Procedure(
    "reinforcement",
    _choose,
    (sensitivity(), DECAY),
    start=_start,
    update=_update,
    about="Does again what earned much before, by logit.",
    source="Roth and Erev (1995), with logit choice",
)
ROTH_EREV = Procedure(
    "roth-erev",
    _choose_in_proportion,
    (STRENGTH, RECENCY, EXPERIMENTATION),
    start=_start_propensities,
    update=_update_propensities,
    about="Does again what earned much before, in proportion to what it earned.",
    source="Erev and Roth (1998)",
)
