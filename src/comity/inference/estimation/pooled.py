"""What partial pooling knows of people: possible parameters of each, and of one not met yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.results import Result
from comity.inference.estimation.likelihood import by_row, natural_table
from comity.inference.estimation.weighted_draws import quantiles
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch, make_batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import constrain_all
from comity.inference.numerics import x64


@dataclass(frozen=True, eq=False)
class PooledPeople(Result):
    """Each person's parameters, known through its own choices and those of all others.

    Attributes
    ----------
    explanation : what was fitted.
    names : of the k parameters.
    people : names of the P people.
    free : shape (P, S, k), possible parameters of each person on the whole line.
    weights : shape (P, S), how likely each is; rows sum to 1.
    strangers : shape (T, k), parameters of people of the same population who were not met.
    scale : typical size of payoffs by which the whole line is measured.
    """

    explanation: Explanation = field(repr=False)
    names: tuple[str, ...]
    people: tuple[str, ...] = field(repr=False)
    free: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    strangers: np.ndarray = field(repr=False)
    scale: float = field(repr=False)

    def means(self) -> np.ndarray:
        """Return each person's expected parameters, shape (P, k)."""
        return np.asarray(np.einsum("ps,psk->pk", self.weights, self._values()))

    def intervals(self, level: float = 0.9) -> tuple[np.ndarray, np.ndarray]:
        """Return the ends of central intervals, both of shape (P, k)."""
        ends = np.array([0.5 - level / 2, 0.5 + level / 2])
        values = np.swapaxes(self._values(), 1, 2)
        found = quantiles(values, np.broadcast_to(self.weights[:, None], values.shape), ends)
        return found[..., 0], found[..., 1]

    def estimate(self, person: str, name: str, level: float = 0.9) -> Certified:
        """Return one parameter of one person, its mean and central interval."""
        check_choice(person, self.people, "no such person", "person")
        check_choice(name, self.names, "no such parameter", "name")
        place, index = self.people.index(person), self.names.index(name)
        values = natural_table(self.explanation.parameters, self.free[place], self.scale)[:, index]
        weights = self.weights[place]
        ends = quantiles(values, weights, np.array([0.5 - level / 2, 0.5 + level / 2]))
        method = "posterior given the person's choices and the population"
        return Certified.estimate(weights @ values, ends[0], ends[1], method, level)

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K).

        People are known by their names; those who were not met are taken to be of the same
        population. What is left open of a person is averaged over.
        """
        known = {name: place for place, name in enumerate(self.people)}
        places = np.array([known.get(name, -1) for name in evidence.people])
        count, size = self.weights.shape[1], len(self.names)
        shown = np.resize(self.strangers, (count, size))
        met = places >= 0
        free = np.where(met[:, None, None], self.free[places], shown)
        weights = np.where(met[:, None], self.weights[places], 1 / count)
        return predictive(self.explanation, evidence, free, weights, self.scale)

    def _values(self) -> np.ndarray:
        return natural_table(self.explanation.parameters, self.free, self.scale)


def predictive(
    explanation: Explanation,
    evidence: Evidence,
    free: np.ndarray,
    weights: np.ndarray,
    scale: float,
) -> np.ndarray:
    """Return probabilities averaged over possible parameters of each person, shape (N, K).

    Parameters
    ----------
    free : shape (people of the evidence, S, k), on the whole line.
    weights : shape (people of the evidence, S).

    Procedures that look back are given what came before each row in its own sequence.
    """
    explanation.check(evidence.situations)
    batch, places = make_batch(evidence, 1.0)
    with x64():
        found = _averaged(explanation, jnp.asarray(free), jnp.asarray(weights), batch, scale)
        return by_row(np.asarray(found), places)


@partial(jax.jit, static_argnums=0)
def _averaged(
    explanation: Explanation, free: jax.Array, weights: jax.Array, batch: Batch, scale: Any
) -> jax.Array:
    def add(total: jax.Array, draw: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        at, weight = draw
        values = constrain_all(explanation.parameters, at, scale)
        return total + weight[:, None, None] * jnp.exp(
            explanation.log_probabilities(values, batch)
        ), None

    shape = (*batch.rows.choice.shape, batch.situations.options.shape[1])
    draws = jnp.swapaxes(free, 0, 1), weights.T
    return jax.lax.scan(add, jnp.zeros(shape), draws)[0]
