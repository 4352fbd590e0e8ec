"""What each person's choices say of its parameters, given a population: weighted draws.

Draws come from a Student distribution around the person's mode, and a share of them from the
population itself, so that weights stay bounded where choices tell little (defensive importance
sampling: Hesterberg 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.estimation.lanes import Lanes, mapped
from comity.inference.estimation.likelihood import Tally, log_likelihood
from comity.inference.estimation.newton import Optimum, maximise
from comity.inference.estimation.population import Population
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

DEGREES = 5.0
"""Degrees of freedom of the Student distribution."""
DEFENSIVE = 0.2
"""Share of draws from the population."""
MOST_STEPS = 100


@dataclass(frozen=True, eq=False)
class Modes:
    """The likeliest parameters of each person, given a population.

    Attributes
    ----------
    free : shape (P, k), on the whole line.
    information : shape (P, k, k), curvature of the person's log-likelihood there, directions in
        which it curves upwards left out.
    precision : shape (P, k, k), with that of the population added.
    converged : shape (P,).
    """

    free: np.ndarray
    information: np.ndarray
    precision: np.ndarray
    converged: np.ndarray


@dataclass(frozen=True, eq=False)
class Draws:
    """Possible parameters of each person.

    Attributes
    ----------
    free : shape (P, S, k), on the whole line.
    log_likelihoods : shape (P, S), of the person's choices.
    log_proposals : shape (P, S), log-density of the distribution that they were drawn from.
    """

    free: np.ndarray
    log_likelihoods: np.ndarray
    log_proposals: np.ndarray

    def log_weights(self, population: Population) -> np.ndarray:
        """Return log-weights (P, S) that make the draws stand for posteriors in a population.

        Their exponentials have the likelihood of the person's choices for mean.
        """
        prior = _log_density(self.free, population)
        return self.log_likelihoods + prior - self.log_proposals


def find_modes(
    lanes: Lanes, population: Population, starts: np.ndarray, most: int = MOST_STEPS
) -> Modes:
    """Return everybody's mode.

    Parameters
    ----------
    starts : shape (P, S, k); the best end of each person's searches counts.
    most : steps of a search at most.
    """
    pieces = []
    with x64():
        inverse = jnp.asarray(np.linalg.inv(population.factor))
        mean = jnp.asarray(population.mean)
        for chosen, within in lanes.chunks(np.arange(len(starts))):
            tally, at = lanes.tally(chosen), jnp.asarray(starts[chosen])
            found = _climb(lanes.explanation, lanes.layout, tally, at, mean, inverse, most)
            pieces.append([np.asarray(leaf)[: len(within)] for leaf in found])
    ends = Optimum(*(np.concatenate(leaves) for leaves in zip(*pieces, strict=True)))
    best = np.argmax(np.where(np.isnan(ends.value), -np.inf, ends.value), axis=1)
    ends = Optimum(*(leaf[np.arange(len(starts)), best] for leaf in ends))
    prior = np.asarray(inverse).T @ np.asarray(inverse)
    reached = np.isfinite(ends.value)
    curvature = np.where(reached[:, None, None], -ends.hessian - prior, 0.0)
    information = convex(curvature)
    free = np.where(reached[:, None], ends.point, np.asarray(population.mean))
    return Modes(free, information, information + prior, ends.converged & reached)


@dataclass(frozen=True, eq=False)
class Proposal:
    """Where draws come from: around people's modes, and a share from the population.

    Attributes
    ----------
    middle : shape (P, k).
    factor : shape (P, k, k), Cholesky factors of precisions.
    population : of which the share comes.
    """

    middle: np.ndarray
    factor: np.ndarray
    population: Population

    def draw(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Return points, shape (P, count, k), those of the population first."""
        from scipy.special import gammaincinv, ndtri

        people, size = self.middle.shape
        even = _even(people, count, size + 1, rng)
        normal = ndtri(even[..., :-1])
        wide = np.sqrt(0.5 * DEGREES / gammaincinv(0.5 * DEGREES, even[..., -1:]))
        turn = np.swapaxes(self.factor, 1, 2)[:, None]
        points = self.middle[:, None] + np.linalg.solve(turn, (normal * wide)[..., None])[..., 0]
        own = round(count * DEFENSIVE)
        factor = np.asarray(self.population.factor)
        points[:, :own] = self.population.mean + normal[:, :own] @ factor.T
        return points

    def log_density(self, free: np.ndarray) -> np.ndarray:
        """Return log-densities (P, S) of points (P, S, k)."""
        near = np.log1p(-DEFENSIVE) + _log_student(free, self.middle, self.factor)
        return np.logaddexp(near, np.log(DEFENSIVE) + _log_density(free, self.population))


def propose(modes: Modes, population: Population) -> Proposal:
    """Return the proposal around modes in a population."""
    return Proposal(modes.free, np.linalg.cholesky(modes.precision), population)


def draw(
    lanes: Lanes, modes: Modes, population: Population, count: int, rng: np.random.Generator
) -> Draws:
    """Return ``count`` draws for each person with their likelihoods."""
    proposal = propose(modes, population)
    free = proposal.draw(count, rng)
    return Draws(free, lanes.look(free), proposal.log_density(free))


def pool(parts: Sequence[tuple[Proposal, Draws]]) -> Draws:
    """Return draws of several proposals as draws of their even mixture.

    Each counts by the density of the whole (the balance heuristic: Veach and Guibas 1995; its use
    over rounds: Cornuet, Marin, Mira and Robert 2012), so that none weighs more than it would
    have alone among as many.
    """
    free = np.concatenate([drawn.free for _, drawn in parts], axis=1)
    mixed = np.logaddexp.reduce([proposal.log_density(free) for proposal, _ in parts])
    likelihoods = np.concatenate([drawn.log_likelihoods for _, drawn in parts], axis=1)
    return Draws(free, likelihoods, mixed - np.log(len(parts)))


def convex(curvature: np.ndarray) -> np.ndarray:
    """Return symmetric matrices (..., k, k) without their negative directions."""
    sizes, directions = np.linalg.eigh(curvature)
    kept = np.maximum(sizes, 0.0)[..., None, :]
    return np.asarray((directions * kept) @ np.swapaxes(directions, -1, -2))


def normalised(log_weights: np.ndarray) -> np.ndarray:
    """Return weights that sum to 1 over the last axis."""
    top = log_weights.max(axis=-1, keepdims=True)
    weights = np.exp(log_weights - np.where(np.isfinite(top), top, 0.0))
    total = weights.sum(axis=-1, keepdims=True)
    return np.where(total > 0, weights / np.where(total > 0, total, 1.0), 1 / weights.shape[-1])


def log_mean(log_weights: np.ndarray) -> np.ndarray:
    """Return the logarithm of the mean of exponentials over the last axis."""
    return np.asarray(np.logaddexp.reduce(log_weights, axis=-1) - np.log(log_weights.shape[-1]))


def effective(weights: np.ndarray) -> np.ndarray:
    """Return how many even draws normalised weights are worth (Kish), shape (...)."""
    return 1 / np.sum(weights**2, axis=-1)


def quantiles(values: np.ndarray, weights: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return weighted quantiles, shape (..., q), of draws along the last axis.

    Parameters
    ----------
    values, weights : shape (..., S); weights sum to 1.
    shares : shape (q,).
    """
    order = np.argsort(values, axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    weights = np.take_along_axis(weights, order, axis=-1)
    middle = np.cumsum(weights, axis=-1) - weights / 2
    flat = zip(
        ordered.reshape(-1, ordered.shape[-1]), middle.reshape(-1, middle.shape[-1]), strict=True
    )
    found = np.array([np.interp(shares, at, points) for points, at in flat])
    return found.reshape(*values.shape[:-1], len(shares))


def _even(people: int, count: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Return points spread evenly over the open unit cube, shape (people, count, size).

    Multiples of powers of the generalised golden ratio, the root of ``x^(size + 1) = x + 1``
    (Roberts 2018), from a start of its own for each person.
    """
    ratio = 2.0
    for _ in range(64):
        ratio = (1 + ratio) ** (1 / (size + 1))
    steps = np.arange(count)[:, None] * ratio ** -np.arange(1.0, size + 1)
    points = (rng.random((people, 1, size)) + steps) % 1.0
    return np.asarray(np.clip(points, 1e-12, 1 - 1e-12))


def _log_density(free: np.ndarray, population: Population) -> np.ndarray:
    """Return normal log-densities (P, S)."""
    factor = np.asarray(population.factor)
    far = np.linalg.solve(factor, (free - np.asarray(population.mean)).reshape(-1, len(factor)).T)
    square = np.sum(far**2, axis=0).reshape(free.shape[:-1])
    constant = np.log(np.diag(factor)).sum() + 0.5 * len(factor) * np.log(2 * np.pi)
    return np.asarray(-0.5 * square - constant)


def _log_student(free: np.ndarray, middle: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return log-densities (P, S) of Student distributions whose precisions have these factors."""
    from scipy.special import gammaln

    size = free.shape[-1]
    far = (free - middle[:, None]) @ factor
    tail = 0.5 * (DEGREES + size) * np.log1p(np.sum(far**2, axis=-1) / DEGREES)
    turned = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    constant = gammaln(0.5 * (DEGREES + size)) - gammaln(0.5 * DEGREES)
    return np.asarray(constant - 0.5 * size * np.log(DEGREES * np.pi) + turned[:, None] - tail)


@partial(jax.jit, static_argnums=(0, 1))
def _climb(
    explanation: Explanation,
    layout: str,
    tally: Tally,
    points: Any,
    mean: Any,
    inverse: Any,
    most: Any,
) -> Optimum:
    def one(own: Tally, starts: jax.Array) -> Optimum:
        def objective(at: jax.Array) -> jax.Array:
            far = inverse @ (at - mean)
            return log_likelihood(explanation, at, own) - 0.5 * far @ far

        return jax.vmap(lambda at: maximise(objective, at, most))(starts)

    found: Optimum = mapped(one, layout, tally, points)
    return found
