"""Guilt aversion: own payoff, less what one lets others down by.

``U = own - guilt sum_j max(expected_j - x_j, 0)``: simple guilt of Battigalli and Dufwenberg
(2007). What the others expect to get is a belief of the decider about their beliefs.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, feature, split
from comity.inference.explanations.parameters import Parameter


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, guilt: jax.Array
) -> jax.Array:
    """Return own payoff less the cost of letting others down.

    ``beliefs["expected_payoff"]`` is the payoff that each other expects to get.
    """
    own, others = split(payoffs, role)
    expected = feature(beliefs, "expected_payoff")
    return own - guilt * jnp.sum(jnp.maximum(expected[..., None] - others, 0), axis=-1)


GUILT = Motive(
    "guilt",
    utility,
    (Parameter("guilt", "cost of letting others down", typical=(0.0, 1.5)),),
    needs=("expected_payoff",),
    about="Dislikes to give others less than they expect.",
    source="Battigalli and Dufwenberg (2007)",
)
