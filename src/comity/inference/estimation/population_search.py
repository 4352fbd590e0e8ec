"""The search for a population: where its density is highest, everybody's parameters integrated out.

Rounds of Laplace approximations lead near it; then each round draws everybody's parameters anew
and climbs with the weighted draws of the last rounds held fixed, which costs no evaluation of the
explanation.
"""

from __future__ import annotations

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.inference.estimation.lanes import Lanes, make_lanes
from comity.inference.estimation.likelihood import name_rows, prepare, ruled_out
from comity.inference.estimation.newton import Optimum, maximise
from comity.inference.estimation.population import (
    Population,
    Prior,
    coefficients,
    log_prior,
    pack,
    population_at,
    quadratic,
    unpack,
)
from comity.inference.estimation.weighted_draws import (
    Draws,
    Modes,
    Proposal,
    draw,
    find_modes,
    pool,
    propose,
)
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts
from comity.inference.numerics import x64

APPROACHES = 12
"""Rounds in which each person's posterior is taken to be normal."""
STEPS = 5
"""Steps towards each person's mode in a round: the next round goes on from there."""
ROUNDS = 12
"""Rounds of weighted draws at most, each around the population of the round before."""
STILL = 0.1
"""Rounds end where no coordinate moved by more than this, beside its uncertainty."""
FURTHEST = 2.0
"""No step is lengthened by more than this."""
MEMORY = 6
"""Rounds whose draws are used together."""
MOST_CELLS = 10_000
"""Draws of all people together in a round, about."""
FEWEST, MOST = 32, 256
"""Draws of a person in a round."""


@dataclass(frozen=True, eq=False)
class Settled:
    """Where the search for a population ended.

    Attributes
    ----------
    lanes : decisions of P people.
    point, covariance : shapes (d,) and (d, d); the population as one vector (see `unpack`).
    modes : everybody's mode in that population.
    converged : whether rounds ended because nothing moved.
    """

    lanes: Lanes
    point: np.ndarray
    covariance: np.ndarray
    modes: Modes
    converged: bool


def settle(
    explanation: Explanation, evidence: Evidence, prior: Prior, rng: np.random.Generator
) -> Settled:
    """Return the population whose density given all choices is highest."""
    lanes, told = _lanes(explanation, evidence, rng)
    size = len(prior.middle)
    mean, covariance = prior.middle, np.diag(prior.spread**2)
    modes = None
    for _ in range(APPROACHES):
        population = Population(mean, np.linalg.cholesky(covariance))
        modes = find_modes(lanes, population, _starts(population, modes, lanes), STEPS)
        mean, covariance = _laplace(modes, told, prior)
    point, still = pack(mean, covariance), False
    spread, before = np.eye(len(point)), np.zeros(len(point))
    parts: list[tuple[Proposal, Draws]] = []
    count = int(np.clip(MOST_CELLS // max(1, told.sum()), FEWEST, MOST))
    for _ in range(ROUNDS):
        population = population_at(point, size)
        modes = find_modes(lanes, population, _starts(population, modes, lanes), STEPS)
        drawn = draw(lanes, modes, population, count, rng)
        _check_possible(drawn, told, evidence)
        parts = [*parts, (propose(modes, population), drawn)][-MEMORY:]
        end = _climb(pool(parts), told, point, prior, count * MEMORY)
        spread = _inverse(-end.hessian)
        step = (end.point - point) / np.sqrt(np.diag(spread))
        still = bool(np.abs(step).max() < STILL)
        point = point + (1.0 if still else _stretch(step, before)) * (end.point - point)
        before = step
        if still:
            break
    population = population_at(point, size)
    modes = find_modes(lanes, population, _starts(population, modes, lanes))
    return Settled(lanes, point, spread, modes, still)


def _lanes(
    explanation: Explanation, evidence: Evidence, rng: np.random.Generator
) -> tuple[Lanes, np.ndarray]:
    """Return the decisions, and of whom there are any, shape (P,)."""
    if not len(evidence):
        raise InputError(
            "nothing to fit", place=explanation.name, found="no decision", expected="one or more"
        )
    batch, places, scale = prepare(explanation, evidence)
    impossible = ruled_out(
        explanation, draw_starts(explanation.parameters, 8, rng), batch, places, scale
    )
    if len(impossible):
        raise InputError(
            "a choice has probability 0 whatever the parameters",
            place=explanation.name,
            found=name_rows(impossible),
            expected="choices that the explanation allows",
        )
    told = np.bincount(evidence.person, minlength=len(evidence.people)) > 0
    return make_lanes(explanation, batch, scale), told


def _starts(population: Population, modes: Modes | None, lanes: Lanes) -> np.ndarray:
    """Return where searches for modes set out, shape (P, 2, k): the middle, and where they were."""
    shape = lanes.batch.people, len(population.mean)
    middle = np.broadcast_to(np.asarray(population.mean), shape)
    return np.stack([middle, middle if modes is None else modes.free], axis=1)


def _laplace(modes: Modes, told: np.ndarray, prior: Prior) -> tuple[np.ndarray, np.ndarray]:
    """Return the population's next mean and covariance where posteriors are normal (EM).

    The prior enters as one more person in its middle, with its spread.
    """
    free, within = modes.free[told], np.linalg.inv(modes.precision[told])
    mean = (free.sum(axis=0) + prior.middle) / (len(free) + 1)
    far = free - mean
    total = within.sum(axis=0) + far.T @ far + np.diag(prior.spread**2) / (len(free) + 1)
    return mean, total / (len(free) + 1)


def _check_possible(drawn: Draws, told: np.ndarray, evidence: Evidence) -> None:
    """Raise `InputError` where a person's choices have no probability above 0, or none at all."""
    found = drawn.log_likelihoods
    faults = {
        "the explanation does not give a number": np.isnan(found).any(axis=1),
        "a person's choices have probability 0 whatever the parameters": (found == -np.inf).all(1),
    }
    for message, where in faults.items():
        people = np.flatnonzero(where & told)
        if len(people):
            raise InputError(
                message,
                place=f"person {evidence.people[people[0]]}",
                found=f"{len(people)} such people",
                expected="log-probabilities of choices that the explanation allows",
            )


def _stretch(step: np.ndarray, before: np.ndarray) -> float:
    """Return by how much to lengthen a step that goes the way of the one before (Aitken).

    Draws around one population show but the beginning of a long way.
    """
    ahead = float(step @ before)
    if ahead <= 0.8 * np.linalg.norm(step) * np.linalg.norm(before):
        return 1.0
    ratio = ahead / float(before @ before)
    return float(np.clip(1 / (1 - min(ratio, 0.9)), 1.0, FURTHEST))


def _climb(drawn: Draws, told: np.ndarray, point: np.ndarray, prior: Prior, count: int) -> Optimum:
    """Return the highest point, with draws filled up to one number by some that weigh nothing."""
    missing = count - drawn.free.shape[1]
    free = np.pad(drawn.free[told], ((0, 0), (0, missing), (0, 0)))
    base = (drawn.log_likelihoods - drawn.log_proposals)[told]
    base = np.pad(base, ((0, 0), (0, missing)), constant_values=-np.inf)
    with x64():
        end = _highest(jnp.asarray(point), jnp.asarray(free), jnp.asarray(base), prior)
        return Optimum(*map(np.asarray, end))


@jax.jit
def _highest(point: jax.Array, free: jax.Array, base: jax.Array, prior: Prior) -> Optimum:
    size = free.shape[-1]
    centre = unpack(point, size).mean
    features = quadratic(free - centre)

    def objective(at: jax.Array) -> jax.Array:
        mean, factor = unpack(at, size)
        found = base + features @ coefficients(Population(mean - centre, factor))
        persons = jax.scipy.special.logsumexp(found, axis=-1)
        return jnp.sum(persons) + log_prior(at, prior)

    return maximise(objective, point)


def _inverse(curvature: np.ndarray) -> np.ndarray:
    """Return the inverse of a curvature, directions that are flat or turn up given size 1."""
    sizes, directions = np.linalg.eigh(curvature)
    return (directions / np.where(sizes > 1e-3, sizes, 1.0)) @ directions.T
