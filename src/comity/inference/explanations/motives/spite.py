"""Spite: own payoff, less a part of what the others get.

``U = own - spite x the others' mean`` with spite above 0: Levine (1998) where one
weighs everybody alike.
"""

from __future__ import annotations

import jax

from comity.inference.explanations.motive import Features, Motive, average, split
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, spite: jax.Array
) -> jax.Array:
    """Return own payoff less a part of the others' mean payoff."""
    own, others = split(payoffs, role)
    return own - spite * average(others)


SPITE = Motive(
    "spite",
    utility,
    (Parameter("spite", "dislike of what others get", 0.0, typical=(0.05, 0.5)),),
    about="Dislikes whatever others get.",
    source="Levine (1998), with a fixed weight below 0",
)
