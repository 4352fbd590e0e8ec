"""Coordinates in which the posterior of a population and its people is nearly round.

The population moves along the principal directions of its own uncertainty. Each person's
parameters are written as ``m + U z``, where m and U U' are the mean and the covariance that they
would have in the population at hand if the person's log-likelihood were a parabola: where choices
tell much this is the centred form, where they tell nothing it is the non-centred one
(Papaspiliopoulos, Roberts and Sköld 2007), for each person and direction apart. The parabola is
the one that gives the person's posterior, in the likeliest population, its mean and covariance.
The change of variables is exact; the parabola only chooses it.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.estimation.lanes import mapped
from comity.inference.estimation.likelihood import Tally, log_likelihood
from comity.inference.estimation.population import (
    Population,
    Prior,
    log_normal,
    log_prior,
    population_at,
    unpack,
)
from comity.inference.estimation.population_search import Settled
from comity.inference.estimation.weighted_draws import convex, draw, effective, normalised
from comity.inference.explanations.explanation import Explanation

DRAWS = 512
"""Weighted draws of each person, from which the coordinates are made."""
FEWEST_WORTH = 30
"""A person's draws must be worth so many even ones; else its mode and curvature serve."""


class Whitening(NamedTuple):
    """What the coordinates are measured from.

    Attributes
    ----------
    point, root : shapes (d,) and (d, d), centre and root of the covariance of the population.
    information, pull : shapes (P, k, k) and (P, k), each person's parabola: its curvature, and
        curvature times top.
    tally : everybody's choices, with a leading axis where the layout says so.
    prior : of the population.
    """

    point: Any
    root: Any
    information: Any
    pull: Any
    tally: Tally
    prior: Prior


def whiten(found: Settled, prior: Prior, rng: np.random.Generator) -> Whitening:
    """Return the coordinates that the search for a population leads to.

    Means and covariances of people come from weighted draws: posteriors of people whose choices
    tell little are wider than their curvature at the mode.
    """
    size = found.modes.free.shape[1]
    population = population_at(found.point, size)
    inverse = np.linalg.inv(population.factor)
    outside = inverse.T @ inverse
    drawn = draw(found.lanes, found.modes, population, DRAWS, rng)
    weights = normalised(drawn.log_weights(population))
    middle = np.einsum("ps,psk->pk", weights, drawn.free)
    far = drawn.free - middle[:, None]
    covariance = np.einsum("ps,psi,psj->pij", weights, far, far)
    enough = effective(weights) > FEWEST_WORTH
    middle = np.where(enough[:, None], middle, found.modes.free)
    inside = np.linalg.inv(np.where(enough[:, None, None], covariance, np.eye(size))) - outside
    information = np.where(enough[:, None, None], convex(inside), found.modes.information)
    pull = np.einsum("pij,pj->pi", information + outside, middle) - outside @ population.mean
    return Whitening(
        point=jnp.asarray(found.point),
        root=jnp.asarray(np.linalg.cholesky(found.covariance)),
        information=jnp.asarray(information),
        pull=jnp.asarray(pull),
        tally=jax.tree.map(jnp.asarray, found.lanes.tally(np.arange(len(pull)))),
        prior=Prior(*map(jnp.asarray, prior)),
    )


def place(at: dict[str, jax.Array], white: Whitening) -> tuple[jax.Array, jax.Array]:
    """Return the population as a point, shape (d,), and everybody's parameters, shape (P, k)."""
    point, _, free, _ = _where(at, white)
    return point, free


def potential(
    explanation: Explanation, layout: str, white: Whitening, at: dict[str, jax.Array]
) -> jax.Array:
    """Return minus the log-density, up to a constant, of coordinates.

    Parameters
    ----------
    layout : of the lanes that ``white.tally`` is from.
    at : ``population`` of shape (d,) and ``people`` of shape (P, k).
    """
    point, population, free, shrunk = _where(at, white)
    one = partial(_log_likelihood, explanation)
    chosen = jnp.sum(mapped(one, layout, white.tally, free))
    people = jnp.sum(log_normal(free, population))
    return -(chosen + people + shrunk + log_prior(point, white.prior))


def _log_likelihood(explanation: Explanation, own: Tally, at: jax.Array) -> jax.Array:
    return log_likelihood(explanation, at, own)


def _where(
    at: dict[str, jax.Array], white: Whitening
) -> tuple[jax.Array, Population, jax.Array, jax.Array]:
    """Return point, population, people's parameters, and the log of how much these shrank."""
    size = white.pull.shape[1]
    point = white.point + white.root @ at["population"]
    population = unpack(point, size)
    inverse = jax.scipy.linalg.solve_triangular(population.factor, jnp.eye(size), lower=True)
    outside = inverse.T @ inverse
    factor = jnp.linalg.cholesky(white.information + outside)
    solve = partial(jax.lax.linalg.triangular_solve, factor, left_side=True, lower=True)
    pull = (white.pull + outside @ population.mean)[..., None]
    free = solve(solve(pull) + at["people"][..., None], transpose_a=True)[..., 0]
    shrunk = -jnp.sum(jnp.log(jnp.diagonal(factor, axis1=-2, axis2=-1)))
    return point, population, free, shrunk
