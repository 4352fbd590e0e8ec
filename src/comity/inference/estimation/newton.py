"""Newton's method for maxima, damped so that it climbs from anywhere, batched by mapping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp

Objective = Callable[[jax.Array], jax.Array]

LONGEST_STEP = 4.0
"""No step moves a coordinate further than this: on the whole line, a factor of about 50."""
LEAST_GAIN = 1e-13
"""A search ends where a full step promises less than this."""
ROUNDING = 1e-14
"""Relative error of a value that is a sum of many logarithms."""
FLATTEST = 1e-12
"""Curvatures below this, beside the largest one or 1, count as no curvature."""
FIRST_DAMPING, LEAST_DAMPING, MOST_DAMPING = 1e-3, 1e-15, 1e12


class Optimum(NamedTuple):
    """Where a search ended.

    Attributes
    ----------
    point, value, gradient, hessian : shapes (k,), (), (k,), (k, k).
    iterations : steps tried.
    converged : whether it ended because nothing more was to be gained.
    """

    point: jax.Array
    value: jax.Array
    gradient: jax.Array
    hessian: jax.Array
    iterations: jax.Array
    converged: jax.Array


class _State(NamedTuple):
    at: Optimum
    sizes: jax.Array
    directions: jax.Array
    damping: jax.Array


def maximise(
    objective: Objective,
    start: jax.Array,
    most: int | jax.Array = 200,
    moving: jax.Array | None = None,
) -> Optimum:
    """Return the local maximum that a damped Newton search reaches.

    Steps go along the eigenvectors of the Hessian, each by the size of its curvature whatever the
    sign, so that directions of the wrong curvature lead upwards too; damping is added to all of
    them while steps disappoint (Levenberg 1944; Marquardt 1963). Every iteration costs one value,
    gradient and Hessian. May be jitted, and mapped over starts and over data.

    Parameters
    ----------
    objective : from shape (k,) to a number; no step is taken to where it is not finite.
    start : shape (k,).
    most : iterations at most.
    moving : shape (k,), false for coordinates that stay where they start.
    """
    free = jnp.ones(start.shape, bool) if moving is None else moving

    def look(point: jax.Array, iterations: jax.Array) -> _State:
        value, gradient, hessian = second_order(objective, point)
        gradient = jnp.where(free, gradient, 0.0)
        hessian = jnp.where(free[:, None] & free, hessian, -jnp.diag(jnp.where(free, 0.0, 1.0)))
        sizes, directions = jnp.linalg.eigh(-hessian)
        sizes = _stiffened(sizes)
        promised = 0.5 * jnp.sum((directions.T @ gradient) ** 2 / sizes)
        done = promised < LEAST_GAIN + 0.01 * ROUNDING * jnp.abs(value)
        at = Optimum(point, value, gradient, hessian, iterations, done)
        return _State(at, sizes, directions, jnp.asarray(FIRST_DAMPING) * jnp.max(sizes))

    def proceed(state: _State) -> jax.Array:
        stuck = state.damping > MOST_DAMPING * jnp.max(state.sizes)
        return ~state.at.converged & ~stuck & (state.at.iterations < most)

    def improve(state: _State) -> _State:
        here = state.at
        step = _step(state)
        hoped = here.gradient @ step + 0.5 * step @ here.hessian @ step
        there = look(here.point + step, here.iterations + 1)
        gained = there.at.value - here.value
        better = _finite(there.at) & (gained >= -ROUNDING * jnp.abs(here.value))
        share = gained / jnp.maximum(jnp.abs(hoped), 1e-300)
        factor = jnp.where(better & (share > 0.5), 0.03, jnp.where(share < 0.1, 10.0, 1.0))
        damping = jnp.maximum(state.damping * jnp.where(better, factor, 10.0), LEAST_DAMPING)
        stay = state._replace(at=here._replace(iterations=here.iterations + 1))
        kept = jax.tree.map(lambda new, old: jnp.where(better, new, old), there, stay)
        return kept._replace(damping=damping)

    return jax.lax.while_loop(proceed, improve, look(start, jnp.asarray(0))).at


def second_order(objective: Objective, point: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return value, gradient and Hessian at a point, in one pass."""

    def along(direction: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
        at, change = jax.jvp(jax.value_and_grad(objective), (point,), (direction,))
        return at[0], at[1], change[1]

    value, gradient, hessian = jax.vmap(along, out_axes=(None, None, 0))(jnp.eye(point.shape[0]))
    return value, gradient, hessian


def _step(state: _State) -> jax.Array:
    """Return the damped step, no coordinate of it longer than allowed."""
    along = state.directions.T @ state.at.gradient
    step = state.directions @ (along / (state.sizes + state.damping))
    return step * jnp.minimum(1.0, LONGEST_STEP / jnp.maximum(jnp.max(jnp.abs(step)), 1e-300))


def _stiffened(sizes: jax.Array) -> jax.Array:
    """Return the sizes of curvatures, none below what rounding leaves."""
    sizes = jnp.abs(sizes)
    return jnp.maximum(sizes, FLATTEST * jnp.maximum(1.0, jnp.max(sizes)))


def _finite(at: Optimum) -> jax.Array:
    """Return whether value, gradient and Hessian are finite."""
    parts = (at.value, at.gradient, at.hessian)
    return jnp.all(jnp.stack([jnp.all(jnp.isfinite(part)) for part in parts]))
