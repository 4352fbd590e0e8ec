"""The principal branch of logit equilibria: followed from choice at random to a sensitivity.

A logit equilibrium is a fixed point ``v = U(softmax(s v))`` in the expected utilities ``v`` of all
players' options. At sensitivity ``s = 0`` it is unique. The branch of equilibria that starts there
is followed by its arc length, around folds if need be, to where it first reaches the sensitivity
asked for (Turocy 2005). The road is ``t = s / (1 + s)`` from 0 to 1, with utilities divided by
their range, so that it has an end however sensitive the players are. Where branches cross, as in
symmetric games of coordination, it goes straight on; at the crossing itself there is no slope.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

Answer = Callable[[Any, jax.Array, jax.Array], jax.Array]
"""``answer(tables, values, sensitivity)``: what options are worth against logit play of values."""

FIRST_STEP = 0.01
LONGEST_STEP = 0.05
MOST_STEPS = 1000
CORRECTIONS = 5


class Place(NamedTuple):
    """Where the walk stands.

    Attributes
    ----------
    point : values and t together, shape (m + 1,).
    heading : along the branch, of length 1.
    stride : length of the next step; 0 at first, to look where the branch leads.
    steps : how many were tried.
    arrived : whether t is the target.
    """

    point: jax.Array
    heading: jax.Array
    stride: jax.Array
    steps: jax.Array
    arrived: jax.Array


def follow(answer: Answer, tables: Any, size: int, sensitivity: jax.Array) -> jax.Array:
    """Return the fixed point on the principal branch, shape (size,); NaN where it is not reached.

    Parameters
    ----------
    answer : the map whose fixed points are asked for.
    tables : any tree of arrays of the players' utilities, within a range of 1.
    size : number of values.
    sensitivity : 0 or more.

    The walk itself has no slopes; two Newton steps at its end give the fixed point's own, to the
    third order. O(steps (m^3 + m |tables|)) with some 30 to `MOST_STEPS` steps.
    """
    held, steady = jax.lax.stop_gradient((tables, jnp.asarray(sensitivity, float)))
    values = _walk(partial(answer, held), size, steady / (1 + steady))

    def gap(found: jax.Array) -> jax.Array:
        return found - answer(tables, found, sensitivity)

    values = jax.lax.fori_loop(0, 2, lambda _, found: _newton(gap, found), values)
    wrong = jnp.max(jnp.abs(gap(values)))
    enough = jnp.sqrt(jnp.finfo(values.dtype).eps)  # type: ignore[no-untyped-call]
    return jnp.where(wrong <= enough * (1 + jnp.max(jnp.abs(values))), values, jnp.nan)


def _walk(
    answer: Callable[[jax.Array, jax.Array], jax.Array], size: int, target: jax.Array
) -> jax.Array:
    """Return values close to the branch where it first reaches ``t = target``."""

    def gap(point: jax.Array) -> jax.Array:
        sensitivity = point[-1] / (1 - jnp.clip(point[-1], 0.0, 1 - 1e-9))
        return point[:-1] - answer(point[:-1], sensitivity)

    upwards = jnp.zeros(size + 1).at[-1].set(1.0)

    def step(place: Place) -> Place:
        point, heading, stride = place.point, place.heading, place.stride
        landing = point[-1] + stride * heading[-1] >= target
        rest = (target - point[-1]) / jnp.where(landing, heading[-1], 1.0)
        guess = point + jnp.where(landing, rest, stride) * heading
        across = jnp.where(landing, upwards, heading)

        def off(at: jax.Array) -> jax.Array:
            return jnp.append(gap(at), across @ (at - guess))

        def correct(_: int, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
            at = now[0]
            sides = jnp.stack([off(at), upwards], axis=-1)
            change, along = jnp.linalg.solve(jax.jacfwd(off)(at), sides).T
            return at - change, along / jnp.linalg.norm(along)

        found, along = jax.lax.fori_loop(0, CORRECTIONS, correct, (guess, heading))
        near = jnp.linalg.norm(found - guess) <= stride / 2 + 1e-9
        good = near & (jnp.max(jnp.abs(off(found))) < 1e-6)
        longer = jnp.where(stride > 0, jnp.minimum(stride * 1.5, LONGEST_STEP), FIRST_STEP)
        moved = Place(found, along, longer, place.steps + 1, landing)
        stayed = place._replace(stride=stride / 2, steps=place.steps + 1)
        return jax.tree.map(lambda a, b: jnp.where(good, a, b), moved, stayed)

    def on_the_way(place: Place) -> jax.Array:
        return ~place.arrived & (place.steps < MOST_STEPS)

    begin = jnp.append(answer(jnp.zeros(size), jnp.zeros(())), 0.0)
    start = Place(begin, upwards, jnp.asarray(0.0), jnp.asarray(0), jnp.asarray(False))
    end = jax.lax.while_loop(on_the_way, step, start)
    return jnp.where(end.arrived, end.point[:-1], jnp.nan)


def _newton(gap: Callable[[jax.Array], jax.Array], point: jax.Array) -> jax.Array:
    """Return the next point of Newton's method; the same where the slopes are singular."""
    moved = point - jnp.linalg.solve(jax.jacfwd(gap)(point), gap(point))
    return jnp.where(jnp.all(jnp.isfinite(moved)), moved, point)
