"""Own payoff: nothing matters but what one gets."""

from __future__ import annotations

import jax

from comity.inference.explanations.motive import Features, Motive


def utility(payoffs: jax.Array, role: int, history: Features, beliefs: Features) -> jax.Array:
    """Return one's own payoff."""
    return payoffs[..., role]


OWN_PAYOFF = Motive(
    "own-payoff",
    utility,
    about="Nothing matters but what one gets.",
    source="the textbook benchmark",
)
