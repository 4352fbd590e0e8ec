"""What each player's options are worth against mixed strategies of the others."""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp

from comity.inference.explanations.procedure import View
from comity.inference.numerics import log_softmax


def option_values(
    tables: Sequence[jax.Array], strategies: Sequence[jax.Array]
) -> tuple[jax.Array, ...]:
    """Return the expected utility of every option of every player.

    Parameters
    ----------
    tables : utility of each player by profile, all of shape (A_0, ..., A_{n-1}).
    strategies : shape (A_j,) each; the others are thought to mix independently.
    """
    found = []
    for j, table in enumerate(tables):
        for i in reversed(range(len(strategies))):
            if i != j:
                table = jnp.tensordot(table, strategies[i], axes=(i, 0))
        found.append(table)
    return tuple(found)


def uniform(view: View) -> tuple[jax.Array, ...]:
    """Return for every player the strategy that is even over its options."""
    return tuple(options / jnp.sum(options) for options in view.available)


def logit_answers(
    view: View, strategies: Sequence[jax.Array], sensitivity: jax.Array
) -> tuple[jax.Array, ...]:
    """Return log-probabilities of every player's logit answer to strategies of the others."""
    values = option_values(view.tables, strategies)
    return tuple(
        log_softmax(sensitivity * v, options)
        for v, options in zip(values, view.available, strict=True)
    )
