"""Motives: what a person wants, as a utility of what everybody gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jax
import jax.numpy as jnp

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.parameters import Parameter

Features = Mapping[str, jax.Array]
Utility = Callable[..., jax.Array]
"""``utility(payoffs, role, history, beliefs, **parameters)``; see `Motive`."""
Refuses = Callable[[Situation], str]
"""What is wrong with a situation, in a few words; nothing where all is well."""


@dataclass(frozen=True, eq=False)
class Motive:
    """What a person wants.

    Attributes
    ----------
    name : for tables and files, such as ``fehr-schmidt``.
    utility : a function ``utility(payoffs, role, history, beliefs, **parameters)`` in
        `jax.numpy`. ``payoffs`` has shape (..., n), one entry a recipient; ``role`` is the place
        of the one whose utility is asked for; the features in ``history`` and ``beliefs``
        broadcast to the result, which has shape (...). ``history["delays"]`` alone has shape
        (n,): how many days later each recipient gets its part.
    parameters : what is left open.
    needs : names of features without which the motive says nothing.
    about : one sentence for readers.
    source : author, year, equation.
    units : the dimension of utility as a power of the unit of payoffs: 1 for amounts, 0 for
        shares. Sensitivities follow it.
    refuses : says what makes the motive meaningless in a situation, beyond features it needs.

    Examples
    --------
    >>> pride = Motive("pride", lambda payoffs, role, history, beliefs: payoffs[..., role])
    >>> float(pride.utility(jnp.array([3.0, 1.0]), 0, {}, {}))
    3.0
    """

    name: str
    utility: Utility
    parameters: tuple[Parameter, ...] = ()
    needs: tuple[str, ...] = ()
    about: str = ""
    source: str = ""
    units: int = 1
    refuses: Refuses | None = None


def split(payoffs: jax.Array, role: int) -> tuple[jax.Array, jax.Array]:
    """Return one's own payoff, shape (...), and those of all others, shape (..., n - 1)."""
    return payoffs[..., role], jnp.delete(payoffs, role, axis=-1, assume_unique_indices=True)


def average(others: jax.Array) -> jax.Array:
    """Return the mean over the last axis, and 0 where it is empty: nobody else is there."""
    return jnp.sum(others, axis=-1) / max(1, others.shape[-1])


def feature(features: Features, name: str, default: float = 0.0) -> jax.Array:
    """Return a feature, or a default where no situation states it."""
    return jnp.asarray(features.get(name, default))
