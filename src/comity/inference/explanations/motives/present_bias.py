"""Present bias: later counts less, and anything but now counts less still.

``U = sum_t D_t c_t^curvature`` with ``D_t = 1`` now and ``beta exp(-rate t / 365)`` t days later:
Laibson (1997), with a yearly rate for the daily discount factor. Recipients are one person at
several dates, ``history["delays"]`` in days. Whether people foresee their own bias makes no
difference to one decision among dated payments; it does where they decide again later, for which
there are the procedures `planning-naive` and `planning-sophisticated`.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.motive import Features, Motive
from comity.inference.explanations.motives.curvature import power
from comity.inference.explanations.motives.risk import CURVATURE
from comity.inference.explanations.parameters import Parameter

BETA = Parameter("beta", "weight on anything but now", 0.0, typical=(0.6, 1.2))
RATE = Parameter("rate", "yearly rate of impatience", typical=(-0.2, 1.0))
YEAR = 365.0


def discounts(delays: jax.Array, beta: jax.Array, rate: jax.Array) -> jax.Array:
    """Return what a unit is worth after each delay, in days."""
    return jnp.where(delays > 0, beta, 1.0) * jnp.exp(-rate * delays / YEAR)


def biased(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    beta: jax.Array,
    rate: jax.Array,
    curvature: jax.Array,
) -> jax.Array:
    """Return the quasi-hyperbolic sum of what one gets at every date."""
    return jnp.sum(power(payoffs, curvature) * discounts(history["delays"], beta, rate), axis=-1)


def patient(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    rate: jax.Array,
    curvature: jax.Array,
) -> jax.Array:
    """Return the exponentially discounted sum of what one gets at every date."""
    return biased(payoffs, role, history, beliefs, jnp.asarray(1.0), rate, curvature)


def undated(situation: Situation) -> str:
    """Return what is wrong where recipients cannot be dates."""
    dated = len(situation.recipients) == 1 or situation.delays.any()  # type: ignore[union-attr]
    return "" if dated else "recipients without delays: they are not dates"


PRESENT_BIAS = Motive(
    "present-bias",
    biased,
    (BETA, RATE, CURVATURE),
    needs=("delays",),
    refuses=undated,
    about="Discounts what comes later, and all that is not now once more.",
    source="Laibson (1997); O'Donoghue and Rabin (1999)",
)
DISCOUNTING = Motive(
    "discounting",
    patient,
    (RATE, CURVATURE),
    needs=("delays",),
    refuses=undated,
    about="Discounts what comes later at a constant rate.",
    source="Samuelson (1937)",
)
