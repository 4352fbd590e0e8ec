"""Partial pooling without a chain: a normal population, and each person's posterior in it.

The population is where its density given all choices is highest, each person's parameters
integrated out by weighted draws; how unsure it is comes from the curvature there. Predictions
average over what is left open, of the person and of the population.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import jax.numpy as jnp
import numpy as np

from comity.core.certified import Certified
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.pooled import PooledPeople
from comity.inference.estimation.population import (
    Population,
    Prior,
    check_prior,
    default_prior,
    natural_moments,
    population_at,
)
from comity.inference.estimation.population_search import Settled, settle
from comity.inference.estimation.weighted_draws import (
    draw,
    effective,
    log_mean,
    normalised,
)
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

POPULATIONS = 64
"""Possible populations over which a person's posterior is averaged."""
FEWEST_WORTH = 20
"""Weighted draws of a person that are worth fewer even ones than this are told."""


METHOD = "highest density of the population; interval by its curvature"


@dataclass(frozen=True, eq=False)
class EmpiricalBayes(PooledPeople):
    """A normal population, and each person's posterior in it.

    Attributes
    ----------
    population_mean, population_sd : by parameter, of people's parameters themselves.
    population_correlation : shape (k, k), on the whole line.
    log_likelihood : of all choices, everybody's parameters integrated out.
    decisions : shape (P,).
    effective : shape (P,), how many even draws each person's weighted ones are worth.
    point, covariance : shapes (d,) and (d, d); the population as one vector (see `unpack`).
    converged : whether the search for the population settled.
    warnings : what should worry a reader.
    """

    population_mean: dict[str, Certified]
    population_sd: dict[str, Certified]
    population_correlation: np.ndarray
    log_likelihood: float
    decisions: np.ndarray = field(repr=False)
    effective: np.ndarray = field(repr=False)
    point: np.ndarray = field(repr=False)
    covariance: np.ndarray = field(repr=False)
    converged: bool
    warnings: tuple[str, ...]

    @property
    def population(self) -> Population:
        """The population on the whole line."""
        return population_at(self.point, len(self.names))


def empirical_bayes(
    explanation: Explanation,
    evidence: Evidence,
    *,
    draws: int = 512,
    prior: Prior | None = None,
    rng: Rng = 0,
) -> EmpiricalBayes:
    """Return a normal population of parameters and each person's posterior in it.

    Parameters
    ----------
    draws : possible parameters kept of each person.
    prior : on the population, on the whole line; from what is typical unless given.

    Raises
    ------
    InputError : where there is nothing to fit or a person's choices have probability 0.

    The population maximises its posterior density (Gelman et al. 2013, section 13.6, with each
    person's likelihood by importance sampling in place of a Laplace approximation).
    """
    generator = as_generator(rng)
    prior = default_prior(explanation.parameters) if prior is None else prior
    check_prior(prior, len(explanation.parameters))
    found = settle(explanation, evidence, prior, generator)
    size = len(prior.middle)
    final = draw(found.lanes, found.modes, population_at(found.point, size), draws, generator)
    root = np.linalg.cholesky(found.covariance)
    others = generator.normal(size=(POPULATIONS, len(found.point))) @ root.T + found.point
    weights = np.mean(
        [normalised(final.log_weights(population_at(at, size))) for at in others], axis=0
    )
    strangers = _strangers(others, size, draws, generator)
    decisions = np.bincount(evidence.person, minlength=len(evidence.people))
    worth = effective(weights)
    factor = population_at(found.point, size).factor
    spreads = np.linalg.norm(factor, axis=1)
    logs = final.log_weights(population_at(found.point, size))
    means, sds = _certified(explanation, found, others)
    return EmpiricalBayes(
        explanation=explanation,
        names=tuple(p.name for p in explanation.parameters),
        people=evidence.people,
        free=final.free,
        weights=weights,
        strangers=strangers,
        scale=found.lanes.scale,
        population_mean=means,
        population_sd=sds,
        population_correlation=factor @ factor.T / np.outer(spreads, spreads),
        log_likelihood=float(np.sum(log_mean(logs)[decisions > 0])),
        decisions=decisions,
        effective=worth,
        point=found.point,
        covariance=found.covariance,
        converged=found.converged,
        warnings=_warnings(found, worth, draws),
    )


def _certified(
    explanation: Explanation, found: Settled, others: np.ndarray, level: float = 0.95
) -> tuple[dict[str, Certified], dict[str, Certified]]:
    """Return mean and standard deviation of people's parameters, by name, with intervals."""
    parameters, size = explanation.parameters, len(explanation.parameters)
    points = np.concatenate([found.point[None], others])
    spreads = np.array([np.linalg.norm(population_at(at, size).factor, axis=1) for at in points])
    with x64():
        moments = natural_moments(
            parameters, jnp.asarray(points[:, :size]), jnp.asarray(spreads), found.lanes.scale
        )
    tails = [0.5 - level / 2, 0.5 + level / 2]
    tables = []
    for table in map(np.asarray, moments):
        low, high = np.quantile(table[1:], tails, axis=0)
        tables.append(
            {
                p.name: Certified.estimate(table[0, i], low[i], high[i], METHOD, level)
                for i, p in enumerate(parameters)
            }
        )
    return tables[0], tables[1]


def _strangers(points: np.ndarray, size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return parameters of people of possible populations, shape (count, k)."""
    normal = rng.normal(size=(count, size))
    chosen = [population_at(points[i % len(points)], size) for i in range(count)]
    return np.array([p.mean + p.factor @ z for p, z in zip(chosen, normal, strict=True)])


def _warnings(found: Settled, worth: np.ndarray, draws: int) -> tuple[str, ...]:
    words = []
    if not found.converged:
        words.append("the search for the population had not settled")
    few = int(np.sum(worth < min(FEWEST_WORTH, draws / 4)))
    if few:
        words.append(f"{few:,} of {len(worth):,} people: few draws stand for the posterior")
    return tuple(words)
