"""Experience-weighted attraction: one learns from what was earned, and from what might have been.

Options have attractions ``A`` and experience has a weight ``N``. After a round in which the others
did s, ``N' = decay (1 - consolidation) N + 1`` and ``A'_k = (decay N A_k + w_k u(k, s)) / N'`` with
``w_k = 1`` for the option chosen and ``foregone`` for others: Camerer and Ho (1999, equations 2.1
and 2.2), with ``rho = decay (1 - consolidation)`` as in Ho, Camerer and Chong (2007). Choices are
logit in attractions. At first an option attracts by its expected utility, with a weight of
``experience`` rounds: our completion, where the authors fit a number per option.

Foregone 1 and consolidation 0 make it `fictitious-play`, exactly. Foregone 0 and consolidation 1
make it `reinforcement` from the second round on, where experience is 0.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import log_softmax

State = tuple[jax.Array, jax.Array]
"""Attractions, shape (K,), and the weight of experience."""

DECAY = Parameter("decay", "share of the past that is kept", 0.0, 1.0, typical=(0.6, 0.98))
FOREGONE = Parameter("foregone", "weight on what was not chosen", 0.0, 1.0, typical=(0.2, 0.8))
CONSOLIDATION = Parameter(
    "consolidation", "adding up rather than averaging", 0.0, 1.0, typical=(0.1, 0.9)
)
EXPERIENCE = Parameter("experience", "rounds that the first view is worth", 0.0, typical=(0.5, 3.0))


def start(view: View, *, experience: jax.Array, **rest: jax.Array) -> State:
    """Return expected utilities, with the weight of some rounds."""
    return view.expected(), jnp.asarray(experience, float)


def choose(view: View, state: State, *, sensitivity: jax.Array, **rest: jax.Array) -> jax.Array:
    """Return log-probabilities by attraction."""
    return log_softmax(sensitivity * state[0], view.options)


def update(
    state: State,
    view: View,
    own: jax.Array,
    others: jax.Array,
    *,
    decay: jax.Array,
    foregone: jax.Array,
    consolidation: jax.Array,
    **rest: jax.Array,
) -> State:
    """Return attractions after what every option would have earned."""
    attraction, weight = state
    grown = decay * (1 - consolidation) * weight + 1
    chosen = jnp.arange(len(attraction)) == own
    earned = jnp.where(chosen, 1.0, foregone) * view.utility[:, others]
    return (decay * weight * attraction + earned) / grown, grown


EWA = Procedure(
    "ewa",
    choose,
    (sensitivity(), DECAY, FOREGONE, CONSOLIDATION, EXPERIENCE),
    start=start,
    update=update,
    about="Learns from what was earned and from what might have been.",
    source="Camerer and Ho (1999), equations 2.1 and 2.2",
)
