"""Logit with lapses: as `logit`, but now and then without looking."""

from __future__ import annotations

import jax

from comity.inference.explanations.parameters import error_rate, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import log_mix, log_softmax, log_uniform


def choose(view: View, sensitivity: jax.Array, lapse: jax.Array) -> jax.Array:
    """Return log-probabilities of logit choice that lapses to one at random."""
    attentive = log_softmax(sensitivity * view.expected(), view.options)
    return log_mix(lapse, attentive, log_uniform(view.options))


LAPSE = Procedure(
    "logit-lapse",
    choose,
    (sensitivity(), error_rate("lapse")),
    about="Logit choice, and now and then one at random.",
    source="McFadden (1974); Moffatt and Peters (2001)",
)
