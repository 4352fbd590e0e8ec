"""Intervals for many scores at once, over matches as clusters within families.

A score is the mean over families of the mean over matches: encounters within a match are not
independent, matches are. Intervals hold for all scores together. How many errors wide they are is
the larger of two figures. One is the quantile of the largest absolute t over the scores, from a
wild bootstrap with random signs on the residuals of matches (Liu 1988; Romano and Wolf 2005 for
the maximum). The other, which counts where matches are few or one family varies most, is each
score's own t quantile with Satterthwaite's degrees of freedom (1946) at the tail that the largest
of as many normal variables with these correlations leaves (as in Hothorn, Bretz and Westfall 2008).
Correlations count only as far as they are beyond doubt: few matches make unlike scores look alike,
which would make them too narrow. That caution, two standard errors of Fisher's z, is our own.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from comity.core import Certified
from comity.core.shares import wilson

DRAWS = 2000
CHUNK = 200
NORMAL_DRAWS = 10_000
DOUBT = 2.0
"""By so many standard errors correlations are taken to be nearer 0 than they seem."""
TINY = 1e-12
"""Errors below this are rounding."""


@dataclass(frozen=True)
class Together:
    """Means of several scores and the quantile that covers them all.

    Attributes
    ----------
    mean, error : shape (S,), estimates and their standard errors.
    quantile : shape (S,), half-widths are this many errors.
    clusters : shape (S,), matches that each rests on.
    level : chance that all intervals hold at once.
    """

    mean: np.ndarray
    error: np.ndarray
    quantile: np.ndarray
    clusters: np.ndarray
    level: float

    def figure(self, k: int, *, share: bool = False) -> Certified:
        """Return one score with its interval; for shares Wilson's, which stays within [0, 1].

        Its count of cases is what the clustered error amounts to: ``p (1 - p) / error^2``, or the
        number of matches where none differs.
        """
        value, error = float(self.mean[k]), float(self.error[k])
        if not self.clusters[k]:
            return Certified.unknown("nothing in the suite bears on it")
        quantile = float(self.quantile[k])
        words = f"{int(self.clusters[k])} matches"
        if share:
            cases = value * (1 - value) / error**2 if error > 0 else float(self.clusters[k])
            low, high = wilson(value, max(cases, 1.0), z=quantile)
            return Certified.estimate(value, float(low), float(high), words, self.level)
        reach = quantile * error
        return Certified.estimate(value, value - reach, value + reach, words, self.level)

    def difference(self, k: int, *, share: bool) -> Certified:
        """Return one difference with its interval; of shares cut at -1 and 1."""
        found = self.figure(k)
        if not share or found.low is None or found.high is None:
            return found
        return dataclasses.replace(found, low=max(found.low, -1.0), high=min(found.high, 1.0))


def together(values: np.ndarray, level: float = 0.95, seed: int = 0) -> Together:
    """Return means and their common quantile.

    Parameters
    ----------
    values : shape (S, F, M), of each score in each family and match; ``nan`` in whole families
        where a score does not apply. Two matches or more.

    O(S F M draws), in chunks.
    """
    present = ~np.isnan(values).any(axis=2)
    weights = present / np.maximum(present.sum(axis=1, keepdims=True), 1)
    filled = np.where(present[:, :, None], values, 0.0)
    matches = values.shape[2]
    mean = (weights * filled.mean(axis=2)).sum(axis=1)
    residuals = filled - filled.mean(axis=2, keepdims=True)
    error = _error(residuals, weights)
    spread = np.sqrt(matches / (matches - 1)) * residuals
    rng = np.random.default_rng(seed)
    freedom = _freedom(residuals, weights)
    alike = _correlations(residuals, weights, freedom.min())
    quantile = _t_quantile(_tail(alike, level, rng), freedom)
    if len(values) > 1:
        drawn = [_largest(spread, weights, rng, CHUNK) for _ in range(DRAWS // CHUNK)]
        quantile = np.maximum(quantile, np.quantile(np.concatenate(drawn), level))
    return Together(mean, error, quantile, present.sum(axis=1) * matches, level)


def _freedom(residuals: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return Satterthwaite's degrees of freedom of each score, shape (S,)."""
    shares = weights**2 * (residuals**2).sum(axis=2)
    squares = (shares**2).sum(axis=1)
    even = (weights > 0).sum(axis=1).astype(float)
    families = np.divide(shares.sum(axis=1) ** 2, squares, out=even, where=squares > 0)
    freedom: np.ndarray = np.maximum(families, 1) * (residuals.shape[2] - 1)
    return freedom


def _correlations(residuals: np.ndarray, weights: np.ndarray, freedom: float) -> np.ndarray:
    """Return how alike scores are at least, shape (S, S), nearer 0 than they seem."""
    weighed = (weights[:, :, None] * residuals).reshape(len(residuals), -1)
    size = np.sqrt((weighed**2).sum(axis=1))
    scaled = np.divide(weighed, size[:, None], out=np.zeros_like(weighed), where=size[:, None] > 0)
    seen = np.clip(scaled @ scaled.T, -1, 1)
    with np.errstate(divide="ignore"):
        surely = np.arctanh(np.abs(seen)) - DOUBT / np.sqrt(max(freedom - 2, TINY))
    least = np.where(np.abs(seen) > 1 - TINY, 1.0, np.tanh(np.maximum(surely, 0)))
    found: np.ndarray = np.sign(seen) * least
    np.fill_diagonal(found, 1.0)
    return found


def _tail(alike: np.ndarray, level: float, rng: np.random.Generator) -> float:
    """Return the two-sided tail of each score at which all hold together, were errors known."""
    from scipy.stats import norm

    if len(alike) == 1:
        return 1 - level
    sizes, axes = np.linalg.eigh(alike)
    root = axes * np.sqrt(np.maximum(sizes, 0))
    root /= np.sqrt((root**2).sum(axis=1, keepdims=True))
    largest = np.abs(rng.standard_normal((NORMAL_DRAWS, len(alike))) @ root.T).max(axis=1)
    least = norm.ppf(0.5 + level / 2)
    return float(2 * norm.sf(max(float(np.quantile(largest, level)), least)))


def _t_quantile(tail: float, freedom: np.ndarray) -> np.ndarray:
    from scipy.stats import t

    return np.asarray(t.ppf(1 - tail / 2, freedom))


def _error(residuals: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return standard errors of stratified means from residuals (..., F, M), shape (...,)."""
    matches = residuals.shape[-1]
    centred = residuals - residuals.mean(axis=-1, keepdims=True)
    variance = (centred**2).sum(axis=-1) / (matches - 1) / matches
    return np.sqrt((weights**2 * variance).sum(axis=-1))


def _largest(
    spread: np.ndarray, weights: np.ndarray, rng: np.random.Generator, draws: int
) -> np.ndarray:
    """Return the largest absolute t over the scores in each draw of signs, shape (draws,)."""
    signs = rng.choice(np.array([-1.0, 1.0]), size=(draws, 1, *spread.shape[1:]))
    flipped = signs * spread
    mean = (weights * flipped.mean(axis=3)).sum(axis=2)
    error = _error(flipped, weights)
    return np.divide(np.abs(mean), error, out=np.zeros_like(mean), where=error > TINY).max(axis=1)
