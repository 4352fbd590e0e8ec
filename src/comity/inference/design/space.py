"""Questions that differ in a few numbers: offers, stakes, prices, multipliers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import jax
import numpy as np

from comity.core import InputError, check_cells
from comity.games.validation import check_names
from comity.inference.evidence.situations import Situation

Write = Callable[[jax.Array], Any]


@dataclass(frozen=True, eq=False)
class Variable:
    """A number that a question leaves open, on a grid within bounds.

    Attributes
    ----------
    name : such as ``offer``.
    low, high : the least and the largest it may be, both on the grid.
    step : of the grid, such as the smallest coin.
    """

    name: str
    low: float
    high: float
    step: float

    def __post_init__(self) -> None:
        numbers = (self.low, self.high, self.step)
        if not all(map(math.isfinite, numbers)) or not self.low < self.high or self.step <= 0:
            raise InputError(
                "not an interval with a step", place=self.name, found=numbers, expected="low < high"
            )
        steps = (self.high - self.low) / self.step
        if abs(steps - round(steps)) > 1e-6 * steps:
            raise InputError(
                "the interval is no whole number of steps",
                place=self.name,
                found=f"{steps:g} steps",
                expected="a whole number",
            )

    @property
    def count(self) -> int:
        """Number of values on the grid."""
        return round((self.high - self.low) / self.step) + 1

    def value(self, place: int | np.ndarray) -> np.ndarray:
        """Return the value at a place of the grid."""
        return np.round(self.low + np.asarray(place) * self.step, 12)


@dataclass(frozen=True, eq=False)
class DesignSpace:
    """All questions of one form.

    Attributes
    ----------
    options : names of the K options.
    payoffs : a function in `jax.numpy` from the variables, shape (d,), to payoffs of shape
        (K, n) or (K, S, n), the one who is asked first.
    variables : what is open, d of them.
    history, beliefs : functions from the variables to features by name, or features that are the
        same for all; see `Situation`.
    name : for readers.
    rest : other fields of `Situation` that all questions share, such as ``menus``.

    Examples
    --------
    A dictator gives up to 5 of 10 at a price.

    >>> import jax.numpy as jnp
    >>> space = DesignSpace(
    ...     ("keep", "give"), lambda x: jnp.array([[10.0, 0.0], [10.0 - x[0], 5.0]]),
    ...     (Variable("price", 1, 9, 0.5),), name="dictator")
    >>> space.question([2.5]).payoffs[1, 0], space.size
    (array([7.5, 5. ]), 17)
    """

    options: tuple[str, ...]
    payoffs: Write
    variables: tuple[Variable, ...]
    history: Write | Mapping[str, Any] | None = None
    beliefs: Write | Mapping[str, Any] | None = None
    name: str = "question"
    rest: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not self.variables:
            raise InputError("nothing is open", place="variables", found=0, expected="one or more")
        check_names([v.name for v in self.variables], "variables")

    @property
    def size(self) -> int:
        """Number of questions on the grid."""
        return math.prod(v.count for v in self.variables)

    @property
    def low(self) -> np.ndarray:
        """Least values, shape (d,)."""
        return np.array([v.low for v in self.variables])

    @property
    def width(self) -> np.ndarray:
        """Lengths of the intervals, shape (d,)."""
        return np.array([v.high - v.low for v in self.variables])

    def features(self, x: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the history and the beliefs of the question at ``x``, by name."""
        found = [f(x) if callable(f) else dict(f or {}) for f in (self.history, self.beliefs)]
        return found[0], found[1]

    def question(self, x: Sequence[float] | np.ndarray) -> Situation:
        """Return the question with these values."""
        import jax.numpy as jnp

        from comity.inference.numerics import x64

        given = np.asarray(x, float)
        if given.shape != (len(self.variables),):
            raise InputError(
                "not one value per variable",
                place=self.name,
                found=given.shape,
                expected=f"({len(self.variables)},)",
            )
        with x64():
            values = jnp.asarray(given)
            payoffs = np.asarray(self.payoffs(values), float)
            history, beliefs = self.features(values)
        told = ", ".join(
            f"{v.name} {value:g}" for v, value in zip(self.variables, given, strict=True)
        )
        return Situation(
            self.options,
            payoffs,
            history={name: np.asarray(value) for name, value in history.items()},
            beliefs={name: np.asarray(value) for name, value in beliefs.items()},
            name=f"{self.name}: {told}",
            **(self.rest or {}),
        )

    def grid(self) -> np.ndarray:
        """Return all designs, shape (size, d); refuses more than the limit of dense tables."""
        check_cells(self.size * len(self.variables), self.name)
        axes = [v.value(np.arange(v.count)) for v in self.variables]
        return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))

    def corners(self, x: np.ndarray) -> np.ndarray:
        """Return the designs of the grid around a point, shape (up to 2^d, d)."""
        places = [
            sorted({math.floor(at), math.ceil(at)})
            for v, value in zip(self.variables, x, strict=True)
            for at in [min(max((value - v.low) / v.step, 0.0), v.count - 1.0)]
        ]
        return np.array(
            [
                [float(v.value(k)) for v, k in zip(self.variables, corner, strict=True)]
                for corner in product(*places)
            ]
        )
