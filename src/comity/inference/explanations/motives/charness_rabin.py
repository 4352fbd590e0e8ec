"""Charness-Rabin: weight on the other that depends on who is ahead, and on kindness.

With ``s`` where one is behind, ``r`` where one is ahead, ``q`` and ``v`` where the other was kind
or unkind before, utility is ``(1 - w) own + w other`` with ``w = alpha s + beta r + gamma q +
delta v``. Without the last two this is Charness and Rabin (2002, equation 1), whose sigma is alpha
and whose rho is beta; with them Bruhin, Fehr and Schunk (2019, equation 1).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, average, feature, split
from comity.inference.explanations.parameters import Parameter

ALPHA = Parameter("alpha", "weight on the other when behind")
BETA = Parameter("beta", "weight on the other when ahead")
GAMMA = Parameter("gamma", "extra weight on one who was kind")
DELTA = Parameter("delta", "extra weight on one who was unkind")


def distributional(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    alpha: jax.Array,
    beta: jax.Array,
) -> jax.Array:
    """Return the utility of one who weighs the others by who is ahead."""
    return _weighed(payoffs, role, alpha, beta, jnp.asarray(0.0))


def reciprocal(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    alpha: jax.Array,
    beta: jax.Array,
    gamma: jax.Array,
    delta: jax.Array,
) -> jax.Array:
    """Return the utility of one who also rewards kindness and punishes its absence."""
    answer = gamma * feature(history, "kind") + delta * feature(history, "unkind")
    return _weighed(payoffs, role, alpha, beta, answer)


def _weighed(
    payoffs: jax.Array, role: int, behind: jax.Array, ahead: jax.Array, answer: jax.Array
) -> jax.Array:
    own, others = split(payoffs, role)
    gap = others - own[..., None]
    weight = behind * (gap > 0) + ahead * (gap < 0) + answer[..., None]
    return own + average(weight * gap)


CHARNESS_RABIN = Motive(
    "charness-rabin",
    distributional,
    (ALPHA, BETA),
    about="Weighs the other's payoff, differently when behind and when ahead.",
    source="Charness and Rabin (2002), equation 1",
)
BRUHIN_FEHR_SCHUNK = Motive(
    "bruhin-fehr-schunk",
    reciprocal,
    (ALPHA, BETA, GAMMA, DELTA),
    about="Weighs the other's payoff by who is ahead, and by whether the other was kind.",
    source="Bruhin, Fehr and Schunk (2019), equation 1",
)
