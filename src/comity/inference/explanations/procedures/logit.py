"""Logit: better options are likelier, the more so the larger the difference."""

from __future__ import annotations

import jax

from comity.inference.explanations.parameters import sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import log_softmax


def choose(view: View, sensitivity: jax.Array) -> jax.Array:
    """Return log-probabilities proportional to ``exp(sensitivity * expected utility)``."""
    return log_softmax(sensitivity * view.expected(), view.options)


LOGIT = Procedure(
    "logit",
    choose,
    (sensitivity(),),
    about="Better options are likelier, by the size of the difference in utility.",
    source="McFadden (1974); Luce (1959)",
)
