"""Estimates with intervals from independent draws."""

from __future__ import annotations

import numpy as np

from comity.core import Certified
from comity.core.shares import wilson

RESAMPLES = 400


def rate_estimate(hits: np.ndarray, method: str = "", level: float = 0.95) -> Certified:
    """Return how often something holds, with Wilson's interval (1927).

    Examples
    --------
    >>> print(rate_estimate(np.array([True] * 8 + [False] * 2)))
    about 0.8 [0.4902, 0.9433] (10 draws)
    """
    count = len(hits)
    words = f"{method}; {count} draws" if method else f"{count} draws"
    if not count:
        return Certified.unknown("it did not come to this in any draw")
    share = float(np.mean(hits))
    low, high = map(float, wilson(share, count, level))
    return Certified.estimate(share, low, high, words, level)


def mean_estimate(values: np.ndarray, method: str = "", level: float = 0.95) -> Certified:
    """Return a mean with its normal interval.

    Examples
    --------
    >>> print(mean_estimate(np.array([1.0, 2.0, 3.0, 4.0])))
    about 2.5 [1.235, 3.765] (4 draws)
    """
    count = len(values)
    words = f"{method}; {count} draws" if method else f"{count} draws"
    if not count:
        return Certified.unknown("it did not come to this in any draw")
    mean = float(np.mean(values))
    error = float(np.std(values, ddof=1) / np.sqrt(count)) if count > 1 else np.inf
    half = _quantile(level) * error
    return Certified.estimate(mean, mean - half, mean + half, words, level)


def ratio_estimate(
    above: np.ndarray, below: np.ndarray, method: str = "", level: float = 0.95
) -> Certified:
    """Return a ratio of means over the same draws, with a percentile bootstrap interval.

    Cannot tell where the lower mean is not clearly above 0.

    Examples
    --------
    >>> print(ratio_estimate(np.array([1.0, 1.0]), np.array([2.0, 2.0])))
    about 0.5 [0.5, 0.5] (2 draws)
    """
    count = len(above)
    words = f"{method}; {count} draws" if method else f"{count} draws"
    weights = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    tops, bottoms = weights @ above, weights @ below
    if not count or np.quantile(bottoms, (1 - level) / 2) <= 1e-9:
        return Certified.unknown("there is next to nothing to compare with")
    tail = (1 - level) / 2
    low, high = np.quantile(tops / bottoms, [tail, 1 - tail])
    share = float(np.sum(above) / np.sum(below))
    return Certified.estimate(share, min(low, share), max(high, share), words, level)


def _quantile(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + level / 2)
