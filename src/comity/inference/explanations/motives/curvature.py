"""How much more of an amount is worth: powers and exponentials that are smooth where it matters."""

from __future__ import annotations

import jax
import jax.numpy as jnp

NEAR = 1e-5
"""Products nearer to 0 than this are taken by their series."""
FAR = 600.0
"""Exponents beyond this are cut off, before they overflow."""


def power(amount: jax.Array, exponent: jax.Array) -> jax.Array:
    """Return ``amount ** exponent``, and minus that of the size where the amount is negative.

    The exponent is above 0. Relative risk aversion is one minus the exponent; losses mirror gains,
    as in Tversky and Kahneman (1992) with no loss aversion.
    """
    size = jnp.abs(amount)
    inside = jnp.exp(exponent * jnp.log(jnp.where(size > 0, size, 1.0)))
    return jnp.where(size > 0, jnp.sign(amount) * inside, 0.0)


def exponential(amount: jax.Array, aversion: jax.Array) -> jax.Array:
    """Return ``(1 - exp(-aversion amount)) / aversion``, which is the amount where that is 0."""
    product = aversion * amount
    near = jnp.abs(product) < NEAR
    safe = jnp.where(near, 1.0, aversion)
    exact = -jnp.expm1(jnp.minimum(-product, FAR)) / safe
    return jnp.where(near, amount * (1 - product / 2 + product**2 / 6), exact)
