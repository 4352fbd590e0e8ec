"""Newton's method for maxima, damped so that it climbs from anywhere, batched by mapping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

Objective = Callable[[jax.Array], jax.Array]

LONGEST_STEP = 4.0
"""No step moves a coordinate further than this: on the whole line, a factor of about 50."""
SURPASSED, LONGEST_STRETCH = 1.15, 8.0
"""Steps are doubled, up to so many times, while they gain this much more than was promised: so
likelihoods without a maximum, which level off exponentially, are followed fast."""
LEAST_GAIN = 1e-13
"""A search ends where a full step promises less than this."""
IDLE_GAIN, MOST_IDLE = 1e-8, 8
"""A search is given up after so many trials in a row that gained less than this share."""
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

    point: Any
    value: Any
    gradient: Any
    hessian: Any
    iterations: Any
    converged: Any


class _State(NamedTuple):
    best: Optimum
    sizes: Any
    directions: Any
    damping: Any
    stretch: Any
    idle: Any
    trial: Any
    hoped: Any


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

    def look(point: jax.Array, iterations: jax.Array) -> tuple[Optimum, Any, Any]:
        value, gradient, hessian = second_order(objective, point)
        gradient = jnp.where(free, gradient, 0.0)
        hessian = jnp.where(free[:, None] & free, hessian, -jnp.diag(jnp.where(free, 0.0, 1.0)))
        sizes, directions = jnp.linalg.eigh(-hessian)
        sizes = _stiffened(sizes)
        promised = 0.5 * jnp.sum((directions.T @ gradient) ** 2 / sizes)
        done = promised < LEAST_GAIN + 0.01 * ROUNDING * jnp.abs(value)
        return Optimum(point, value, gradient, hessian, iterations, done), sizes, directions

    def proceed(state: _State) -> jax.Array:
        stuck = state.damping > MOST_DAMPING * jnp.max(state.sizes)
        going = ~stuck & (state.idle < MOST_IDLE) & (state.best.iterations < most)
        return ~state.best.converged & going

    def improve(state: _State) -> _State:
        best = state.best._replace(iterations=state.best.iterations + 1)
        there, sizes, directions = look(state.trial, best.iterations)
        better, damping, stretch = _judge(state, there, sizes)
        slow = there.value - best.value < IDLE_GAIN * jnp.maximum(1.0, jnp.abs(best.value))
        idle = jnp.where(slow | ~better, state.idle + 1, 0)
        here, sizes, directions = jax.tree.map(
            lambda new, old: jnp.where(better, new, old),
            (there, sizes, directions),
            (best, state.sizes, state.directions),
        )
        return _next(here, sizes, directions, damping, stretch)._replace(idle=idle)

    nowhere = Optimum(
        start,
        jnp.asarray(-jnp.inf, start.dtype),
        jnp.zeros_like(start),
        -jnp.eye(start.shape[0], dtype=start.dtype),
        jnp.asarray(-1),
        jnp.asarray(False),
    )
    one = jnp.asarray(1.0, start.dtype)
    opening = _next(nowhere, jnp.ones_like(start), -nowhere.hessian, one, one)
    return jax.lax.while_loop(proceed, improve, opening).best


def _judge(state: _State, there: Optimum, sizes: jax.Array) -> tuple[Any, Any, Any]:
    """Return whether a trial is better than the best so far, and the next damping and stretch."""
    gained = there.value - state.best.value
    better = _finite(there) & (gained >= -ROUNDING * jnp.abs(there.value))
    share = gained / jnp.maximum(jnp.abs(state.hoped), 1e-300)
    poor = (~better | (share < 0.1)) & (state.stretch <= 1)
    damping = state.damping * jnp.where(better & (share > 0.5), 0.03, jnp.where(poor, 10.0, 1.0))
    first = better & jnp.isneginf(state.best.value)
    damping = jnp.where(first, FIRST_DAMPING * jnp.max(sizes), damping)
    further = jnp.minimum(2 * state.stretch, LONGEST_STRETCH)
    stretch = jnp.where(better & ~first & (share > SURPASSED), further, 1.0)
    return better, jnp.maximum(damping, LEAST_DAMPING), stretch


def second_order(objective: Objective, point: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return value, gradient and Hessian at a point, in one pass."""

    def along(direction: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
        at, change = jax.jvp(jax.value_and_grad(objective), (point,), (direction,))
        return at[0], at[1], change[1]

    value, gradient, hessian = jax.vmap(along, out_axes=(None, None, 0))(jnp.eye(point.shape[0]))
    return value, gradient, hessian


def _next(best: Optimum, sizes: Any, directions: Any, damping: Any, stretch: Any) -> _State:
    """Return the state with the next damped step to try, no coordinate of it too long.

    What is hoped for is the gain of the step before it is stretched.
    """
    along = directions.T @ best.gradient
    step = directions @ (along / (sizes + damping))
    step *= jnp.minimum(1.0, LONGEST_STEP / jnp.maximum(jnp.max(jnp.abs(step)), 1e-300))
    hoped = best.gradient @ step + 0.5 * step @ best.hessian @ step
    trial = best.point + stretch * step
    return _State(best, sizes, directions, damping, stretch, jnp.asarray(0), trial, hoped)


def _stiffened(sizes: jax.Array) -> jax.Array:
    """Return the sizes of curvatures, none below what rounding leaves."""
    sizes = jnp.abs(sizes)
    return jnp.maximum(sizes, FLATTEST * jnp.maximum(1.0, jnp.max(sizes)))


def _finite(at: Optimum) -> jax.Array:
    """Return whether value, gradient and Hessian are finite."""
    parts = (at.value, at.gradient, at.hessian)
    return jnp.all(jnp.stack([jnp.all(jnp.isfinite(part)) for part in parts]))
