"""Which options cooperate, for procedures that know nothing else of a game.

``history["cooperative"]`` is 1 for options that cooperate, ``history["others_cooperative"]`` 1 for
contingencies in which the others do. Where no option is marked it is the first option, and where
no contingency is marked the first contingency: in which all others take their first option.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.procedure import View
from comity.inference.numerics import IMPOSSIBLE


def cooperative_options(view: View) -> jax.Array:
    """Return which options cooperate, shape (K,)."""
    return _marked(view, "cooperative", len(view.options)) & view.options


def cooperative_contingencies(view: View) -> jax.Array:
    """Return in which contingencies the others cooperate, shape (S,)."""
    return _marked(view, "others_cooperative", len(view.present)) & view.present


def outcome(view: View, own: jax.Array, others: jax.Array) -> jax.Array:
    """Return 0 to 3: both cooperated, the other defected, oneself defected, both defected."""
    alone = jnp.where(cooperative_options(view)[own], 0, 2)
    return alone + jnp.where(cooperative_contingencies(view)[others], 0, 1)


def log_cooperate(view: View, chance: jax.Array) -> jax.Array:
    """Return log-probabilities of cooperating with a chance, even among options of one kind."""
    cooperative = cooperative_options(view)
    defecting = view.options & ~cooperative
    counts = jnp.sum(cooperative), jnp.sum(defecting)
    chance = jnp.where(counts[0] == 0, 0.0, jnp.where(counts[1] == 0, 1.0, chance))
    each = jnp.where(
        cooperative,
        chance / jnp.maximum(counts[0], 1),
        jnp.where(defecting, (1 - chance) / jnp.maximum(counts[1], 1), 0.0),
    )
    return jnp.where(each > 0, jnp.log(jnp.where(each > 0, each, 1.0)), IMPOSSIBLE)


def _marked(view: View, name: str, count: int) -> jax.Array:
    first = jnp.arange(count) == 0
    if name not in view.history:
        return first
    marks = jnp.broadcast_to(jnp.asarray(view.history[name]).reshape(-1) > 0, (count,))
    return jnp.where(jnp.any(marks), marks, first)
