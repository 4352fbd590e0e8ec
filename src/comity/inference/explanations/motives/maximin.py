"""Maximin: own payoff, mixed with that of whoever has least."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, weight: jax.Array
) -> jax.Array:
    """Return own payoff, mixed with the least of all payoffs."""
    return (1 - weight) * payoffs[..., role] + weight * jnp.min(payoffs, axis=-1)


MAXIMIN = Motive(
    "maximin",
    utility,
    (Parameter("weight", "weight on whoever has least", 0.0, 1.0, typical=(0.1, 0.6)),),
    about="Cares for whoever has least, oneself included.",
    source="Rawls (1971); Charness and Rabin (2002), appendix 1, with delta = 1",
)
