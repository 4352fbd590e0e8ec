"""The best question of a form: climbed by gradient from many starts, and checked on a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core import Certified, InputError, Result
from comity.core.randomness import Rng, as_generator
from comity.inference.design.answers import summed
from comity.inference.design.information import expected_information
from comity.inference.design.objective import Aims, Objective, aims_of, check_space, objective
from comity.inference.design.space import DesignSpace
from comity.inference.design.value import value_of_information
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.member import Member
from comity.inference.numerics import x64
from comity.inference.shift.predictions import Draws, predict_members

MOST_SEARCHED = 20_000
"""Largest grid that is searched as a whole."""
AT_ONCE = 2_048
RATE = 0.05
"""Length of the first steps, in widths of the intervals."""


@dataclass(frozen=True, eq=False)
class BestDesign(Result):
    """The best question found in a space of designs.

    Attributes
    ----------
    values : of the variables, on the grid.
    figure : information in nats, or value in units of payoff, of the answers to it: exact where
        the whole grid was searched, else the least that the best design has. Computed anew from
        the finished question.
    bound : what no question to so many people can exceed.
    climbed : the largest figure that the climb reached off the grid.
    climbed_at : shape (d,), where.
    reached : shape (starts,), what the climb from each start reached.
    searched : how many designs of the grid were evaluated.
    flat : whether no start had a slope to climb, as where people decide by thresholds.
    question : the situation to put to people.
    """

    values: dict[str, float]
    figure: Certified
    bound: Certified
    climbed: float
    climbed_at: np.ndarray
    reached: np.ndarray
    searched: int
    flat: bool
    question: Situation = field(repr=False)

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value:g}" for name, value in self.values.items())
        lines = [f"Best design: {told}", f"  {self.figure}", f"  at most {self.bound}"]
        if self.flat:
            lines.append("  no slope to climb from any start: found on the grid")
        else:
            lines.append(f"  off the grid the climb reached {self.climbed:.4g}")
        return "\n".join(lines)


def best_design(
    space: DesignSpace,
    members: Sequence[Member],
    prior: Sequence[float] | np.ndarray | None = None,
    *,
    draws: Draws | None = None,
    payoffs: np.ndarray | None = None,
    parameters: bool = False,
    people: int = 1,
    starts: int = 16,
    steps: int = 120,
    rng: Rng = None,
) -> BestDesign:
    """Return the question of this form whose answers teach most, or are worth most.

    Parameters
    ----------
    space : the form, with bounds and a grid.
    members, prior, draws, people : as in `rank_questions`.
    payoffs : of the decision at hand, as there; without them information about members counts,
    parameters : and with this also that about their parameters, over the draws.
    starts, steps : of the climb by Adam (Kingma and Ba, 2015), projected to the bounds. The first
        start is the middle of the bounds.

    Grids of up to `MOST_SEARCHED` designs are searched as a whole; of larger ones the designs
    around the summits and as many others at random. Raises `InputError` where some design has no
    probabilities, or where the answers of so many people are too many to list.
    """
    if starts < 1 or steps < 1:
        raise InputError("nothing to climb with", place="starts, steps", found=(starts, steps))
    aims = aims_of(members, prior, draws, payoffs, people, parameters)
    generator = as_generator(rng)
    with x64():
        f = objective(space, aims)
        summits, heights, slopes = _climb(f, space, starts, steps, generator)
        designs = _designs(space, summits, generator)
        found = _evaluated(f, designs)
    check_space(space, np.append(found, heights))
    best = designs[int(np.argmax(np.round(found, 12)))]
    top = int(np.argmax(heights))
    question = space.question(best)
    return BestDesign(
        {v.name: float(value) for v, value in zip(space.variables, best, strict=True)},
        _figure(question, aims, len(designs) == space.size, len(designs), draws),
        _bound(aims, len(space.options)),
        float(heights[top]),
        summits[top],
        heights,
        len(designs),
        bool((slopes <= 1e-12).all()),
        question,
    )


def _climb(
    f: Objective, space: DesignSpace, starts: int, steps: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the best point of each climb, its height, and the steepest slope on the way."""
    low, width = jnp.asarray(space.low), jnp.asarray(space.width)
    begin = rng.uniform(size=(starts, len(space.variables)))
    begin[0] = 0.5

    def scaled(place: jax.Array) -> jax.Array:
        return f(low + place * width)

    summits, heights, slopes = jax.jit(jax.vmap(partial(_ascend, scaled, steps)))(
        jnp.asarray(begin)
    )
    return space.low + np.asarray(summits) * space.width, np.asarray(heights), np.asarray(slopes)


def _ascend(
    scaled: Objective, steps: int, begin: jax.Array
) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Climb in the unit cube by Adam with shrinking steps; return the best point on the way."""
    slope_of = jax.value_and_grad(scaled)
    shrink, square = 0.9, 0.99

    def step(state: Any, k: jax.Array) -> tuple[Any, None]:
        place, speed, size, best, height, steepest = state
        now, slope = slope_of(place)
        # A kink may have no slope; the climb goes on as before.
        slope = jnp.where(jnp.isfinite(slope), slope, 0.0)
        better = now > height
        best, height = jnp.where(better, place, best), jnp.where(better, now, height)
        speed = shrink * speed + (1 - shrink) * slope
        size = square * size + (1 - square) * slope**2
        move = speed / (1 - shrink**k) / (jnp.sqrt(size / (1 - square**k)) + 1e-12)
        place = jnp.clip(place + RATE * (1 - k / (steps + 2)) * move, 0.0, 1.0)
        steepest = jnp.maximum(steepest, jnp.max(jnp.abs(slope)))
        return (place, speed, size, best, height, steepest), None

    zero = jnp.zeros_like(begin)
    state = (begin, zero, zero, begin, jnp.asarray(-jnp.inf), jnp.asarray(0.0))
    # The last step evaluates where the one before it led.
    *_, best, height, steepest = jax.lax.scan(step, state, jnp.arange(1.0, steps + 2))[0]
    # A figure that is nowhere a number must not pass for minus infinity.
    return best, jnp.where(jnp.isfinite(height), height, jnp.nan), steepest


def _designs(space: DesignSpace, summits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the designs to evaluate: the whole grid, or summits and others at random."""
    if space.size <= MOST_SEARCHED:
        return space.grid()
    near = np.concatenate([space.corners(summit) for summit in summits])
    far = np.column_stack(
        [v.value(rng.integers(v.count, size=MOST_SEARCHED)) for v in space.variables]
    )
    return np.unique(np.concatenate([near, far]), axis=0)


def _evaluated(f: Objective, designs: np.ndarray) -> np.ndarray:
    """Return the figure of every design, a block at a time, each block of one shape."""
    block = min(AT_ONCE, len(designs))
    together = jax.jit(jax.vmap(f))
    parts = []
    for start in range(0, len(designs), block):
        part = designs[start : start + block]
        filled = np.concatenate([part, np.repeat(part[-1:], block - len(part), axis=0)])
        parts.append(np.asarray(together(jnp.asarray(filled)))[: len(part)])
    return np.concatenate(parts)


def _figure(
    question: Situation, aims: Aims, whole: bool, searched: int, draws: Draws | None
) -> Certified:
    """Return the figure of the finished question by the plain sums, without gradients."""
    shares = summed(aims.member, aims.prior[:, None])[:, 0]
    found = predict_members(aims.members, [question], draws=draws)
    tables = [drawn[:, 0] for drawn in found.drawn]
    if aims.worth is None:
        taught = expected_information(tables, shares, aims.people)
        value = taught.about_members.value
        value += taught.about_parameters.value if aims.parameters else 0.0
    else:
        value = value_of_information(tables, aims.worth, shares, aims.people).value.value
    if whole:
        return Certified.exact(value, f"best of all {searched:,} designs of the grid")
    return Certified.lower(value, f"best of {searched:,} designs of the grid, some at the summits")


def _bound(aims: Aims, options: int) -> Certified:
    """Return what no question of so many options to so many people can exceed."""
    shares = summed(aims.member, aims.prior[:, None])[:, 0]
    if aims.worth is not None:
        perfect = aims.worth.max(axis=0) @ aims.prior - (aims.worth @ aims.prior).max()
        return Certified.upper(max(0.0, float(perfect)), "value of perfect knowledge")
    there = aims.prior if aims.parameters else shares
    there = there[there > 0]
    entropy = -float(there @ np.log(there))
    capacity = math.log(math.comb(aims.people + options - 1, options - 1))
    if entropy <= capacity:
        return Certified.upper(entropy, "uncertainty before asking")
    return Certified.upper(capacity, "what so many answers can hold")
