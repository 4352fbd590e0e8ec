"""Commitment to a threshold: one acts as if giving in had a cost.

Where an option resists (``history["resists"]`` is 1 for it), it is worth ``threshold`` more than it
pays. In an ultimatum game that is to reject every offer below the threshold, in any round.
"""

from __future__ import annotations

import jax

from comity.inference.explanations.motive import Features, Motive, feature
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, threshold: jax.Array
) -> jax.Array:
    """Return own payoff, and the threshold on top where one resists."""
    return payoffs[..., role] + threshold * feature(history, "resists")


COMMITMENT = Motive(
    "commitment",
    utility,
    (Parameter("threshold", "least amount accepted", 0.0, units=1, typical=(0.05, 0.5)),),
    needs=("resists",),
    about="Takes nothing below a threshold, whatever comes after.",
    source="Schelling (1960), chapter 2; as a behavioural type, Kreps and Wilson (1982)",
)
