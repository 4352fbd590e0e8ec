"""A standard deviation that is itself inferred: what it may be, and how likely each value is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.core.errors import InputError

REACH = 8.0
"""Standard errors that an estimate is followed to, on the logarithmic scale."""

NODES = 641


@dataclass(frozen=True)
class InferredSpread:
    """Values that a standard deviation may have.

    Attributes
    ----------
    draws : shape (D,), or (D, d) with one value per entry of a block; positive. Draws of a
        posterior as they come, or nodes with their weights.
    weights : shape (D,), how likely each is; uniform unless given.

    Examples
    --------
    >>> spread = InferredSpread(np.array([0.04, 0.06]))
    >>> float(spread.at(0.2)), float(spread.at(0.9)), spread.range(0.9)
    (0.04, 0.06, (0.04, 0.06))
    """

    draws: np.ndarray
    weights: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        draws = np.asarray(self.draws, dtype=float)
        if not draws.size or not np.all(np.isfinite(draws)) or draws.min() <= 0:
            raise InputError(
                "not standard deviations", place="draws", found=draws.tolist()[:5], expected="> 0"
            )
        weights = np.asarray(self.weights, dtype=float)
        weights = weights if weights.size else np.full(len(draws), 1 / len(draws))
        if weights.shape != draws.shape[:1] or weights.min() < 0 or abs(weights.sum() - 1) > 1e-9:
            raise InputError(
                "not a distribution over the draws", place="weights", found=weights.tolist()[:5]
            )
        object.__setattr__(self, "draws", draws)
        object.__setattr__(self, "weights", weights)

    @classmethod
    def from_estimate(cls, estimate: float, standard_error: float) -> InferredSpread:
        """Return a log-normal distribution with this median.

        The logarithm of an estimate errs by its standard error over the estimate (delta method).
        Nodes are evenly spaced on that scale, so that means over them are the trapezoidal rule,
        which converges exponentially for integrands that fall off as a normal density does.
        """
        for place, value in (("estimate", estimate), ("standard_error", standard_error)):
            if not (np.isfinite(value) and value > 0):
                raise InputError("out of range", place=place, found=value, expected="above 0")
        z = np.linspace(-REACH, REACH, NODES)
        weights = np.exp(-(z**2) / 2)
        return cls(estimate * np.exp(z * standard_error / estimate), weights / weights.sum())

    def at(self, share: float) -> np.ndarray:
        """Return the draw at a share of the total weight, in the order of the draws.

        The same share picks the same draw in every block of one posterior.
        """
        k = int(np.searchsorted(np.cumsum(self.weights), share, side="right"))
        return np.asarray(self.draws[min(k, len(self.draws) - 1)])[()]

    def range(self, level: float = 0.95) -> tuple[float, float]:
        """Return the ends of the central interval of a single standard deviation."""
        tail = (1 - level) / 2
        low, high = weighted_quantiles(self.single(), self.weights, (tail, 1 - tail))
        return low, high

    def single(self) -> np.ndarray:
        """Return the draws of one standard deviation, shape (D,)."""
        if self.draws.ndim != 1:
            raise InputError(
                "one standard deviation is needed",
                place="draws",
                found=f"{self.draws.shape[1]} a draw",
                expected="shape (D,)",
            )
        return self.draws


def weighted_quantiles(
    values: np.ndarray, weights: np.ndarray, shares: tuple[float, ...]
) -> tuple[float, ...]:
    """Return the smallest values at or below which these shares of the weight lie.

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), (0.5, 0.9))
    (1.0, 3.0)
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    places = np.searchsorted(reached, np.asarray(shares) * reached[-1] - 1e-12)
    return tuple(float(values[order[min(int(k), len(order) - 1)]]) for k in places)
