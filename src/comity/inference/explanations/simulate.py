"""Synthetic people: choices drawn from an explanation, in the situations of a given table."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.randomness import Rng, as_generator
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch, make_batch
from comity.inference.explanations.explanation import Explanation, Parameters
from comity.inference.numerics import x64


def simulate(
    explanation: Explanation, parameters: Parameters, evidence: Evidence, rng: Rng = None
) -> Evidence:
    """Return the table with choices drawn anew from the explanation.

    Parameters
    ----------
    parameters : by name a number for all, or shape (people,), one per person.
    evidence : whose decisions are made again. What the others did stays as it stands there, so
        procedures that look back see their own new choices beside the others' old ones.
    """
    explanation.check(evidence.situations)
    batch, places = make_batch(evidence)
    drawn = draw_choices(explanation, parameters, batch, rng)
    choice = np.zeros(len(evidence), int)
    choice[places[places >= 0]] = drawn[places >= 0]
    return dataclasses.replace(evidence, choice=choice)


def draw_choices(
    explanation: Explanation, parameters: Parameters, batch: Batch, rng: Rng = None
) -> np.ndarray:
    """Return options drawn from the explanation at every place of a batch, shape (P, R)."""
    seed = int(as_generator(rng).integers(2**31))
    with x64():
        given = {name: jnp.asarray(value, float) for name, value in parameters.items()}
        return np.asarray(_draw(explanation, given, batch, jax.random.key(seed)))


@partial(jax.jit, static_argnums=0)
def _draw(explanation: Explanation, values: Parameters, batch: Batch, key: Any) -> jax.Array:
    """Return drawn options, shape (P, R)."""
    if explanation.procedure.start is None:
        return jax.random.categorical(key, explanation.log_probabilities(values, batch), axis=-1)
    complete = explanation.complete(values)
    axes = {name: (0 if jnp.ndim(value) else None) for name, value in complete.items()}

    def person(own: Parameters, rows: Any, key: Any) -> jax.Array:
        def take(log_p: jax.Array, choice: jax.Array, place: jax.Array) -> jax.Array:
            return jax.random.categorical(jax.random.fold_in(key, place), log_p)

        return explanation.walk(own, batch, rows, take)[1]

    keys = jax.random.split(key, batch.people)
    mapped = jax.vmap(person, (axes, 0, 0))
    return mapped(complete, batch.rows, keys)
