"""Quantal response equilibrium: everybody answers everybody by logit, and is right about it.

McKelvey and Palfrey (1995). Where several equilibria are possible it is the one on the principal
branch, which starts at choice at random for sensitivity 0; see `branch`. All players have the
motive's parameters in common. Where the branch cannot be followed there is no answer but NaN.
"""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.explanations.parameters import sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.answers import option_values
from comity.inference.explanations.procedures.branch import follow
from comity.inference.numerics import log_softmax


def choose(view: View, sensitivity: jax.Array) -> jax.Array:
    """Return log-probabilities in the logit equilibrium on the principal branch."""
    tables, size = _scaled(view)
    ends = np.cumsum([len(options) for options in view.available])

    def answer(
        utilities: Sequence[jax.Array], values: jax.Array, steepness: jax.Array
    ) -> jax.Array:
        strategies = [
            jnp.exp(log_softmax(steepness * v, options))
            for v, options in zip(jnp.split(values, ends[:-1]), view.available, strict=True)
        ]
        found = option_values(utilities, strategies)
        shown = zip(found, view.available, strict=True)
        return jnp.concatenate([jnp.where(options, v, 0.0) for v, options in shown])

    values = follow(answer, tables, int(ends[-1]), sensitivity * size)
    return log_softmax(sensitivity * size * values[: ends[0]], view.options)


def _scaled(view: View) -> tuple[tuple[jax.Array, ...], jax.Array]:
    """Return tables of mean-free utilities of range 1 or less, and that by which they grew."""
    there = jnp.ones((), bool)
    for j, options in enumerate(view.available):
        shape = [1] * len(view.available)
        shape[j] = len(options)
        there = there & options.reshape(shape)
    lows = [jnp.min(jnp.where(there, table, jnp.inf)) for table in view.tables]
    highs = [jnp.max(jnp.where(there, table, -jnp.inf)) for table in view.tables]
    ranges = jnp.stack([high - low for low, high in zip(lows, highs, strict=True)])
    size = jax.lax.stop_gradient(jnp.max(ranges))
    size = jnp.where(size > 0, size, 1.0)
    tables = (
        jnp.where(there, (table - jax.lax.stop_gradient(low)) / size, 0.0)
        for table, low in zip(view.tables, lows, strict=True)
    )
    return tuple(tables), size


QUANTAL_RESPONSE = Procedure(
    "quantal-response",
    choose,
    (sensitivity(),),
    strategic=True,
    about="Everybody answers everybody with errors, and expects these errors.",
    source="McKelvey and Palfrey (1995); principal branch as in Turocy (2005)",
)
