"""Attitudes to risk: the next unit is worth less, or more, than the one before."""

from __future__ import annotations

import jax

from comity.inference.explanations.motive import Features, Motive
from comity.inference.explanations.motives.curvature import exponential, power
from comity.inference.explanations.parameters import Parameter

CURVATURE = Parameter("curvature", "power of amounts; 1 is linear", 0.0, typical=(0.4, 1.2))


def relative(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, curvature: jax.Array
) -> jax.Array:
    """Return a power of one's own payoff; relative risk aversion is ``1 - curvature``."""
    return power(payoffs[..., role], curvature)


def absolute(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, aversion: jax.Array
) -> jax.Array:
    """Return the exponential utility of one's own payoff with constant absolute aversion."""
    return exponential(payoffs[..., role], aversion)


CRRA = Motive(
    "risk-relative",
    relative,
    (CURVATURE,),
    about="Values its own payoff with constant relative risk aversion.",
    source="Pratt (1964); Arrow (1965)",
)
CARA = Motive(
    "risk-absolute",
    absolute,
    (Parameter("aversion", "absolute aversion to risk", units=-1, typical=(-1.0, 2.0)),),
    about="Values its own payoff with constant absolute risk aversion.",
    source="Pratt (1964); Arrow (1965)",
)
