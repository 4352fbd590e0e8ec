"""Populations: people's parameters, normal on the whole line, and what is thought of them before.

A point of the search or of the sampler is one vector: k means, k logarithms of standard
deviations, and k (k - 1) / 2 partial correlations through the inverse hyperbolic tangent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.inference.explanations.parameters import Parameter, constrain_all
from comity.inference.numerics import x64

QUARTILE = 0.6744897501960817
"""Standard normal quartile."""
NODES, SHARES = np.polynomial.hermite_e.hermegauss(32)


class Population(NamedTuple):
    """A normal distribution of parameters on the whole line.

    Attributes
    ----------
    mean : shape (k,).
    factor : shape (k, k), the lower Cholesky factor of the covariance.
    """

    mean: Any
    factor: Any


class Prior(NamedTuple):
    """What is thought of a population before there is evidence.

    Attributes
    ----------
    middle, reach : shape (k,); means are normal with this mean and standard deviation.
    spread : shape (k,); standard deviations are half-normal with this scale.
    concentration : of correlations: 1 is even over all matrices, more pulls towards none
        (Lewandowski, Kurowicka and Joe 2009).
    """

    middle: Any
    reach: Any
    spread: Any
    concentration: Any = 2.0


def check_prior(prior: Prior, size: int) -> None:
    """Raise `InputError` unless a prior is one on ``size`` parameters."""
    shapes = {np.shape(a) for a in (prior.middle, prior.reach, prior.spread)}
    finite = shapes == {(size,)} and np.isfinite(prior.middle).all()
    positive = all(np.all(np.asarray(a) > 0) for a in prior[1:])
    if not (finite and positive):
        raise InputError(
            "not a prior",
            place="prior",
            found=f"{prior}",
            expected=f"arrays of {size} numbers; reach, spread and concentration above 0",
        )


def default_prior(parameters: Sequence[Parameter]) -> Prior:
    """Return the prior under which each typical interval holds the middle half of all means.

    People are thought to differ by up to about as much.
    """
    if not parameters:
        raise InputError(
            "nothing to pool",
            place="explanation",
            found="no open parameter",
            expected="one or more",
        )
    edges = np.array([p.free_interval() for p in parameters])
    half = np.maximum(np.diff(edges, axis=1)[:, 0] / 2, 0.05)
    return Prior(edges.mean(axis=1), half / QUARTILE, half)


def unpack(point: jax.Array, size: int) -> Population:
    """Return the population of k = ``size`` parameters that a point stands for."""
    mean, spreads, raw = point[:size], jnp.exp(point[size : 2 * size]), point[2 * size :]
    return Population(mean, spreads[:, None] * _correlation_factor(jnp.tanh(raw), size))


def population_at(point: np.ndarray, size: int) -> Population:
    """Return `unpack` as arrays."""
    with x64():
        return Population(*map(np.asarray, _unpack(jnp.asarray(point, float), size)))


def pack(mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Return the point that stands for a mean and a covariance, shape (k + k + k (k - 1) / 2,)."""
    spreads = np.sqrt(np.diag(covariance))
    factor = np.linalg.cholesky(covariance / np.outer(spreads, spreads))
    left = np.sqrt(np.maximum(1 - np.cumsum(factor**2, axis=1) + factor**2, 1e-12))
    rows, columns = np.tril_indices(len(mean), -1)
    partial = np.clip((factor / left)[rows, columns], -1 + 1e-9, 1 - 1e-9)
    return np.concatenate([mean, np.log(spreads), np.arctanh(partial)])


def log_prior(point: jax.Array, prior: Prior) -> jax.Array:
    """Return the log-density of a point under a prior, up to a constant, shape ().

    It is the density of the point itself: the change from standard deviations and correlations is
    counted, so that the highest point has no standard deviation of 0 (as Chung, Rabe-Hesketh,
    Dorie, Gelman and Liu 2013 ask). A partial correlation given j others is a stretched
    Beta(b, b) with ``b = concentration + (k - 2 - j) / 2`` (Lewandowski, Kurowicka and Joe 2009).
    """
    size = len(prior.middle)
    mean, logs, raw = point[:size], point[size : 2 * size], point[2 * size :]
    far = (mean - prior.middle) / prior.reach
    wide = jnp.exp(logs) / prior.spread
    columns = np.tril_indices(size, -1)[1]
    shapes = prior.concentration + (size - 2 - columns) / 2
    correlations = -2 * jnp.sum(shapes * (jnp.logaddexp(raw, -raw)))
    return -0.5 * jnp.sum(far**2) + jnp.sum(logs - 0.5 * wide**2) + correlations


def log_normal(free: jax.Array, population: Population) -> jax.Array:
    """Return the log-density of people's parameters, shape (..., k), in a population."""
    size = population.mean.shape[0]
    inverse = jax.scipy.linalg.solve_triangular(population.factor, jnp.eye(size), lower=True)
    far = (free - population.mean) @ inverse.T
    constant = jnp.sum(jnp.log(jnp.diag(inverse))) - 0.5 * size * jnp.log(2 * jnp.pi)
    return constant - 0.5 * jnp.sum(far**2, axis=-1)


def quadratic(free: jax.Array) -> jax.Array:
    """Return 1, all coordinates and all products of two, shape (..., 1 + k + k (k + 1) / 2)."""
    one, two = jnp.triu_indices(free.shape[-1])
    products = free[..., one] * free[..., two]
    return jnp.concatenate([jnp.ones_like(free[..., :1]), free, products], axis=-1)


def coefficients(population: Population) -> jax.Array:
    """Return what `quadratic` is multiplied by to give `log_normal`.

    With one product for all points its derivatives in the population cost little.
    """
    mean, size = population.mean, population.mean.shape[0]
    inverse = jax.scipy.linalg.solve_triangular(population.factor, jnp.eye(size), lower=True)
    precision = inverse.T @ inverse
    one, two = jnp.triu_indices(size)
    twice = jnp.where(one == two, 0.5, 1.0)
    constant = log_normal(jnp.zeros(size), population)
    return jnp.concatenate([constant[None], precision @ mean, -twice * precision[one, two]])


def natural_moments(
    parameters: Sequence[Parameter], mean: jax.Array, spread: jax.Array, scale: Any
) -> tuple[jax.Array, jax.Array]:
    """Return mean and standard deviation of people's parameters themselves, both (..., k).

    Parameters
    ----------
    mean, spread : shape (..., k), on the whole line.

    By Gauss-Hermite quadrature with 32 nodes.
    """
    nodes = mean[..., None, :] + spread[..., None, :] * NODES[:, None]
    values = constrain_all(parameters, nodes, scale)
    table = jnp.stack([values[p.name] for p in parameters], axis=-1)
    shares = (SHARES / SHARES.sum())[:, None]
    centre = jnp.sum(shares * table, axis=-2)
    around = jnp.sum(shares * (table - centre[..., None, :]) ** 2, axis=-2)
    return centre, jnp.sqrt(around)


_unpack = jax.jit(unpack, static_argnums=1)


def _correlation_factor(partial: jax.Array, size: int) -> jax.Array:
    """Return the Cholesky factor of the correlations with given partial ones, row by row."""
    square = jnp.zeros((size, size)).at[np.tril_indices(size, -1)].set(partial)
    left = jnp.sqrt(jnp.cumprod(1 - square**2, axis=1))
    before = jnp.concatenate([jnp.ones((size, 1)), left[:, :-1]], axis=1)
    return jnp.tril(square * before, -1) + jnp.diag(jnp.diag(before))
