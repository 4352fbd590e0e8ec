"""Intervals over seeds of learning: agents are drawn again, not only their games."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comity.core.certified import Certified
from comity.core.randomness import Rng, as_generator

DRAWS = 4000

Statistic = Callable[[np.ndarray], np.ndarray]
"""From how often each seed was drawn, shape (draws, seeds), to the figure of each draw."""


def over_seeds(
    statistic: Statistic, seeds: int, rng: Rng, level: float, errors: float = 0.0
) -> Certified:
    """Return a figure with a bootstrap interval over seeds.

    The bootstrap tells the standard error, about the figure itself so that what draws are off on
    the whole counts, too; Student's quantile makes up for few seeds. For the mean of a column
    this is Student's interval. From a single seed nothing can be said of others: the interval is
    then the normal one over games, with ``errors`` as standard error, and says so. A figure that
    cannot be without any one of the seeds, as that of the one pair which two seeds make, has an
    interval without ends.

    Source: Hesterberg 2015, "What teachers should know about the bootstrap", section 5: the t
    interval with bootstrap standard error, and the factor n / (n - 1) for small samples.
    """
    from scipy.stats import norm, t

    value = float(statistic(np.ones((1, seeds)))[0])
    if not np.isfinite(value):
        return Certified.unknown("two different seeds or more are needed")
    if seeds == 1:
        half = float(norm.ppf(0.5 + level / 2)) * errors
        method = "one seed: normal interval over its games, which tells nothing of other seeds"
        return Certified.estimate(value, value - half, value + half, method, level)
    if not np.isfinite(statistic(1 - np.eye(seeds))).all():
        method = "one pair, which tells nothing of other seeds"
        return Certified.estimate(value, -np.inf, np.inf, method, level)
    counts = as_generator(rng).multinomial(seeds, np.full(seeds, 1 / seeds), size=DRAWS)
    drawn = statistic(counts.astype(float))
    off = drawn[np.isfinite(drawn)] - value
    error = np.sqrt(np.mean(off**2) * seeds / (seeds - 1))
    half = float(t.ppf(0.5 + level / 2, seeds - 1) * error)
    method = f"bootstrap over {seeds} seeds, Student's t"
    return Certified.estimate(value, value - half, value + half, method, level)


def own(matrix: np.ndarray) -> Statistic:
    """Return the mean of the diagonal: self-play of the seeds drawn."""
    diagonal = np.diag(matrix)
    return lambda counts: counts @ diagonal / counts.sum(axis=1)


def crossed(matrix: np.ndarray) -> Statistic:
    """Return the mean over pairs of two different seeds, both drawn: nan where there is none."""
    apart = 1.0 - np.eye(len(matrix))
    filled = np.where(apart > 0, matrix, 0.0)

    def statistic(counts: np.ndarray) -> np.ndarray:
        pairs = np.einsum("di,ij,dj->d", counts, apart, counts)
        total = np.einsum("di,ij,dj->d", counts, filled, counts)
        return np.divide(total, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)

    return statistic


def averaged(column: np.ndarray) -> Statistic:
    """Return the mean of a column: the seeds drawn with one partner."""
    return lambda counts: counts @ column / counts.sum(axis=1)


def lowest(columns: np.ndarray) -> Statistic:
    """Return the lowest mean of several columns, chosen anew in each draw."""
    return lambda counts: (counts @ columns / counts.sum(axis=1, keepdims=True)).min(axis=1)


def less(first: Statistic, second: Statistic) -> Statistic:
    """Return the difference of two figures of the same draws."""
    return lambda counts: first(counts) - second(counts)
