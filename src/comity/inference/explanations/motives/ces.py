"""Altruism with constant elasticity: how one trades one's own payoff for the others'.

``U = (share own^r + (1 - share) other^r)^(1 / r)`` with ``r = 1 - 1 / elasticity``: Andreoni and
Miller (2002). A large elasticity weighs sums, one near 0 evens payoffs out.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.motive import Features, Motive, average, split
from comity.inference.explanations.parameters import Parameter

LEAST = 1e-12
"""Stands for payoffs of 0, whose logarithm is needed."""
LEAST_ELASTICITY = 1e-6
NEAR = 1e-4
"""Exponents nearer to 0 than this are taken by the limit and its next term."""


def utility(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    share: jax.Array,
    elasticity: jax.Array,
) -> jax.Array:
    """Return the mean with constant elasticity of one's own and the others' mean payoff."""
    own, others = split(payoffs, role)
    logs = jnp.stack(
        [jnp.log(jnp.maximum(own, LEAST)), jnp.log(jnp.maximum(average(others), LEAST))]
    )
    weights = jnp.stack([share, 1 - share]).reshape(2, *[1] * own.ndim)
    return jnp.exp(_log_mean(logs, weights, 1 - 1 / jnp.maximum(elasticity, LEAST_ELASTICITY)))


def _log_mean(logs: jax.Array, weights: jax.Array, power: jax.Array) -> jax.Array:
    """Return the logarithm of a weighted power mean, continuous where the power is 0."""
    middle = jnp.sum(weights * logs, axis=0)
    spread = jnp.sum(weights * (logs - middle) ** 2, axis=0)
    near = jnp.abs(power) < NEAR
    safe = jnp.where(near, 1.0, power)
    far = jax.nn.logsumexp(safe * logs, axis=0, b=weights) / safe
    return jnp.where(near, middle + power * spread / 2, far)


def _refuse(situation: Situation) -> str:
    return "payoffs below 0" if situation.payoffs.min() < 0 else ""


CES = Motive(
    "ces-altruism",
    utility,
    (
        Parameter("share", "weight on oneself", 0.0, 1.0, typical=(0.5, 0.9)),
        Parameter("elasticity", "ease of trading own payoff for others'", 0.0, typical=(0.5, 3.0)),
    ),
    refuses=_refuse,
    about="Trades its own payoff for the others' at a constant elasticity.",
    source="Andreoni and Miller (2002)",
)
