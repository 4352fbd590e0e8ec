"""Parameters of explanations: what they mean, where they may lie, and how they are searched."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError


@dataclass(frozen=True)
class Parameter:
    """A number that an explanation leaves open.

    Attributes
    ----------
    name : a Python name, one of its own within an explanation.
    meaning : a few words that stand in reports, such as ``dislike of being behind``.
    low, high : the open interval in which it lies.
    units : its dimension as a power of the unit of payoffs: 0 for a pure number, 1 for an
        amount, -1 for a sensitivity.
    typical : an interval, in units of the payoffs' scale, from which searches start and which
        holds the middle of the default prior.

    A search moves on the whole line: an unbounded parameter by its own size, one with a lower
    bound by the logarithm of its distance from it, one with two by the logit of its place.
    """

    name: str
    meaning: str
    low: float = -math.inf
    high: float = math.inf
    units: int = 0
    typical: tuple[float, float] = (-0.5, 0.5)

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise InputError("not a name", place="parameter", found=self.name, expected="a word")
        least, most = self.typical
        inside = self.units or (self.low < least <= most < self.high)
        if not (self.low < self.high and least <= most and inside):
            raise InputError(
                "typical values are not inside the bounds",
                place=self.name,
                found=self.typical,
                expected=f"within ({self.low:g}, {self.high:g})",
            )
        if math.isinf(self.low) and not math.isinf(self.high):
            raise InputError(
                "an upper bound alone is not supported",
                place=self.name,
                found=self.high,
                expected="a lower bound too, or the negative of the parameter",
            )

    def constrain(self, free: jax.Array, scale: float | jax.Array = 1.0) -> jax.Array:
        """Return the parameter for a number on the whole line."""
        unit = jnp.asarray(scale) ** self.units
        if math.isinf(self.low):
            return free * unit
        if math.isinf(self.high):
            return self.low + jnp.exp(free) * unit
        return self.low + (self.high - self.low) * jax.nn.sigmoid(free)

    def unconstrain(self, value: float | np.ndarray, scale: float = 1.0) -> np.ndarray:
        """Return the number on the whole line that stands for a value inside the bounds."""
        value = np.asarray(value, float)
        if np.any(value <= self.low) or np.any(value >= self.high):
            raise InputError(
                "outside its bounds",
                place=self.name,
                found=value,
                expected=f"within ({self.low:g}, {self.high:g})",
            )
        unit = float(scale) ** self.units
        if math.isinf(self.low):
            return value / unit
        if math.isinf(self.high):
            return np.log((value - self.low) / unit)
        share = (value - self.low) / (self.high - self.low)
        return np.log(share) - np.log1p(-share)

    def free_interval(self) -> tuple[float, float]:
        """Return the typical interval on the whole line, at the payoffs' own scale."""
        low, high = (float(self.unconstrain(edge)) for edge in self.typical)
        return low, high


def draw_starts(
    parameters: Sequence[Parameter], count: int, rng: np.random.Generator
) -> np.ndarray:
    """Return ``count`` points on the whole line to start from, shape (count, k).

    The first is the middle of every typical interval; the others are even draws from intervals
    of twice that width.
    """
    edges = np.array([p.free_interval() for p in parameters]).reshape(-1, 2)
    middle, half = edges.mean(axis=1), np.diff(edges, axis=1)[:, 0] / 2
    draws = middle + 2 * half * rng.uniform(-1, 1, size=(count, len(edges)))
    draws[0] = middle
    return draws


def constrain_all(
    parameters: Sequence[Parameter], free: jax.Array, scale: float | jax.Array = 1.0
) -> dict[str, jax.Array]:
    """Return the parameters by name for points on the whole line, shape (..., k)."""
    return {p.name: p.constrain(free[..., i], scale) for i, p in enumerate(parameters)}


def unconstrain_all(
    parameters: Sequence[Parameter], values: Mapping[str, float], scale: float = 1.0
) -> np.ndarray:
    """Return the point on the whole line that stands for values by name, shape (k,).

    A value that rounding has put on the end of its interval counts as the nearest one inside.
    """
    inside = [
        np.clip(values[p.name], np.nextafter(p.low, math.inf), np.nextafter(p.high, -math.inf))
        for p in parameters
    ]
    pairs = zip(parameters, inside, strict=True)
    return np.array([float(p.unconstrain(value, scale)) for p, value in pairs])


def sensitivity(name: str = "sensitivity") -> Parameter:
    """Return the logit sensitivity: how steeply choices follow utility, per unit of payoff."""
    return Parameter(name, "sensitivity of choices to utility", 0.0, units=-1, typical=(1.0, 20.0))


def error_rate(name: str = "error") -> Parameter:
    """Return the chance of a choice at random."""
    return Parameter(name, "chance of a choice at random", 0.0, 1.0, typical=(0.02, 0.3))
