"""Reputation: one resists today to be taken for tough tomorrow.

Where an option resists (``history["resists"]`` is 1), it earns the discounted value of all later
rounds on top of what it pays: ``w / (1 - w) x prize`` with ``w = patience x continues``.
``history["continues"]`` is the chance that another round follows, 0 in the last;
``beliefs["prize"]`` is how much more a round brings to one who is taken for tough. A builder of
reputation accepts an offer iff it is at least ``patience / (1 - patience) x prize`` while the game
goes on, and anything in the last round.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, feature
from comity.inference.explanations.parameters import Parameter

MOST = 1 - 1e-9
"""Most that the future may weigh: it is endless, but not worth infinitely much."""


def utility(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, patience: jax.Array
) -> jax.Array:
    """Return own payoff, and the worth of a reputation where one resists."""
    weight = jnp.minimum(patience * feature(history, "continues"), MOST)
    later = weight / (1 - weight) * feature(beliefs, "prize")
    return payoffs[..., role] + later * feature(history, "resists")


REPUTATION = Motive(
    "reputation",
    utility,
    (Parameter("patience", "discount factor by round", 0.0, 1.0, typical=(0.1, 0.8)),),
    needs=("resists", "continues", "prize"),
    about="Resists as long as a reputation pays later.",
    source="Kreps and Wilson (1982); Milgrom and Roberts (1982)",
)
