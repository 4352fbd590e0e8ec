"""Fictitious play: one expects the others to go on as they did, and answers by logit.

Counts of what the others did start at ``experience`` rounds of what the situation says of them, and
shrink by ``decay`` each round: Fudenberg and Levine (1998, chapter 2); Cheung and Friedman (1997).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.ewa import DECAY, EXPERIENCE
from comity.inference.numerics import log_softmax


def _start(view: View, *, experience: jax.Array, **rest: jax.Array) -> jax.Array:
    return experience * view.contingencies


def _choose(
    view: View, state: jax.Array, *, sensitivity: jax.Array, **rest: jax.Array
) -> jax.Array:
    expected = view.expected(state / jnp.sum(state))
    return log_softmax(sensitivity * expected, view.options)


def _update(
    state: jax.Array,
    view: View,
    own: jax.Array,
    others: jax.Array,
    *,
    decay: jax.Array,
    **rest: jax.Array,
) -> jax.Array:
    return (decay * state).at[others].add(1.0)


FICTITIOUS_PLAY = Procedure(
    "fictitious-play",
    _choose,
    (sensitivity(), DECAY, EXPERIENCE),
    start=_start,
    update=_update,
    about="Expects the others to go on as they did, and answers by logit.",
    source="Cheung and Friedman (1997); Fudenberg and Levine (1998), chapter 2",
)
