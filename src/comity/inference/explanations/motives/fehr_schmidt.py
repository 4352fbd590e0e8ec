"""Fehr-Schmidt: own payoff, less what it costs to be behind or ahead of others.

``U = own - alpha / (n - 1) sum_j max(x_j - own, 0) - beta / (n - 1) sum_j max(own - x_j, 0)`` for n
recipients: Fehr and Schmidt (1999, equation 1). They assume ``beta <= alpha`` and
``0 <= beta < 1``; neither is imposed here, so that data can speak against it.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, average, split
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    alpha: jax.Array,
    beta: jax.Array,
) -> jax.Array:
    """Return own payoff less the mean cost of every gap to another."""
    own, others = split(payoffs, role)
    gap = others - own[..., None]
    return own - average(alpha * jnp.maximum(gap, 0) + beta * jnp.maximum(-gap, 0))


FEHR_SCHMIDT = Motive(
    "fehr-schmidt",
    utility,
    (
        Parameter("alpha", "dislike of being behind", typical=(0.0, 1.0)),
        Parameter("beta", "dislike of being ahead", typical=(0.0, 0.6)),
    ),
    about="Dislikes to have less than others, and to have more.",
    source="Fehr and Schmidt (1999), equation 1",
)
