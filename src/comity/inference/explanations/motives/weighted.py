"""Weighted recipients: a sum of payoffs with a weight each.

Recipients need not be people: in inverse reinforcement learning they are features of what happens,
and the weights make the reward (Ng and Russell 2000, section 4). The motive has as many parameters
as there are recipients, so it is made rather than named in the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence

import jax

from comity.inference.explanations.motive import Features, Motive
from comity.inference.explanations.parameters import Parameter


def weighted(names: Sequence[str], name: str = "weighted") -> Motive:
    """Return the motive of one who wants a weighted sum of payoffs.

    Parameters
    ----------
    names : of the weights, one per recipient, in their order; Python names.

    Examples
    --------
    >>> import jax.numpy as jnp
    >>> motive = weighted(["gold", "mud"])
    >>> float(motive.utility(jnp.array([3.0, 1.0]), 0, {}, {}, gold=2.0, mud=-1.0))
    5.0
    """

    def utility(
        payoffs: jax.Array, role: int, history: Features, beliefs: Features, **weights: jax.Array
    ) -> jax.Array:
        """Return the weighted sum."""
        return sum(
            (weights[one] * payoffs[..., i] for i, one in enumerate(names)), 0.0 * payoffs[..., 0]
        )

    return Motive(
        name,
        utility,
        tuple(
            Parameter(one, f"weight on {one.replace('_', ' ')}", typical=(-1.0, 1.0))
            for one in names
        ),
        about="Wants a weighted sum of payoffs or features.",
        source="Ng and Russell (2000), section 4",
    )
