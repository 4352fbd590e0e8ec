"""Efficiency: own payoff, mixed with what all get together."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, weight: jax.Array
) -> jax.Array:
    """Return own payoff, mixed with the sum of all payoffs."""
    return (1 - weight) * payoffs[..., role] + weight * jnp.sum(payoffs, axis=-1)


EFFICIENCY = Motive(
    "efficiency",
    utility,
    (Parameter("weight", "weight on the sum of all payoffs", 0.0, 1.0, typical=(0.1, 0.6)),),
    about="Cares for what all get together.",
    source="Charness and Rabin (2002), appendix 1, with delta = 0",
)
