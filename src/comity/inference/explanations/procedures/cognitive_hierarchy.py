"""Cognitive hierarchy: one answers a population of people who think fewer steps.

How many steps people think is Poisson with mean ``levels`` (Camerer, Ho and Chong 2004), cut off at
`TOP` and made to sum to one. Level 0 chooses at random. Level m knows the true relative frequencies
of the levels below it, and answers by logit. In the spike version a share of people is of level 0
beyond those whom the Poisson distribution puts there (Wright and Leyton-Brown 2017). What is
returned is the choice of a person whose level is not known.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax.scipy.special import gammaln

from comity.inference.explanations.parameters import Parameter, error_rate, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.answers import logit_answers, uniform
from comity.inference.numerics import IMPOSSIBLE

TOP = 7
"""Most steps that anyone thinks; 2 in 10,000 would think more at a mean of 1.5."""


def level_shares(levels: jax.Array, spike: jax.Array | float = 0.0) -> jax.Array:
    """Return the share of each level, shape (TOP + 1,)."""
    steps = jnp.arange(TOP + 1)
    shares = jax.nn.softmax(steps * jnp.log(levels) - gammaln(steps + 1.0))
    return (1 - spike) * shares + spike * (steps == 0)


def choose(view: View, sensitivity: jax.Array, levels: jax.Array) -> jax.Array:
    """Return log-probabilities of somebody from the hierarchy."""
    return _average_choice(view, sensitivity, level_shares(levels))


def choose_spike(
    view: View, sensitivity: jax.Array, levels: jax.Array, spike: jax.Array
) -> jax.Array:
    """Return log-probabilities of somebody from the hierarchy with a spike at level 0."""
    return _average_choice(view, sensitivity, level_shares(levels, spike))


def _average_choice(view: View, sensitivity: jax.Array, shares: jax.Array) -> jax.Array:
    """Return the log of the mean choice over levels; beliefs are running sums over levels."""
    below, weight = tuple(shares[0] * s for s in uniform(view)), shares[0]
    for level in range(1, TOP + 1):
        believed = tuple(s / weight for s in below)
        answers = logit_answers(view, believed, sensitivity)
        below = tuple(s + shares[level] * jnp.exp(a) for s, a in zip(below, answers, strict=True))
        weight = weight + shares[level]
    own = jnp.where(view.options, below[0] / weight, 1.0)
    return jnp.where(view.options, jnp.log(own), IMPOSSIBLE)


LEVELS = Parameter("levels", "mean number of steps of thinking", 0.0, typical=(0.7, 2.5))
COGNITIVE_HIERARCHY = Procedure(
    "poisson-hierarchy",
    choose,
    (sensitivity(), LEVELS),
    strategic=True,
    settings={"top": TOP},
    about="Answers people who think fewer steps, in Poisson shares.",
    source="Camerer, Ho and Chong (2004), with logit answers",
)
SPIKE_POISSON = Procedure(
    "spike-poisson-hierarchy",
    choose_spike,
    (sensitivity(), LEVELS, error_rate("spike")),
    strategic=True,
    settings={"top": TOP},
    about="As poisson-hierarchy, with more people who do not think at all.",
    source="Wright and Leyton-Brown (2017)",
)
