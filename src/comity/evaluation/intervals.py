"""Intervals for many scores at once, over matches as clusters within families.

A score is the mean over families of the mean over matches: encounters within a match are not
independent, matches are. Intervals hold for all scores together: the quantile is that of the
largest absolute t over the scores, from a wild bootstrap with random signs on the residuals of
matches (Liu 1988; Romano and Wolf 2005 for the maximum), never below the t quantile of the score
with the fewest matches. A score alone takes that t quantile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core import Certified
from comity.core.shares import wilson

DRAWS = 2000
CHUNK = 200


@dataclass(frozen=True)
class Together:
    """Means of several scores and the quantile that covers them all.

    Attributes
    ----------
    mean, error : shape (S,), estimates and their standard errors.
    quantile : half-widths are this many errors.
    clusters : shape (S,), matches that each rests on.
    level : chance that all intervals hold at once.
    """

    mean: np.ndarray
    error: np.ndarray
    quantile: float
    clusters: np.ndarray
    level: float

    def figure(self, k: int, *, share: bool = False, method: str = "") -> Certified:
        """Return one score with its interval; for shares Wilson's, which stays within [0, 1].

        Its count of cases is what the clustered error amounts to: ``p (1 - p) / error^2``, or the
        number of matches where none differs.
        """
        value, error = float(self.mean[k]), float(self.error[k])
        if not self.clusters[k]:
            return Certified.unknown("nothing in the suite bears on it")
        words = method or f"{int(self.clusters[k])} matches"
        if share:
            cases = value * (1 - value) / error**2 if error > 0 else float(self.clusters[k])
            low, high = wilson(value, max(cases, 1.0), z=self.quantile)
            return Certified.estimate(value, float(low), float(high), words, self.level)
        reach = self.quantile * error
        return Certified.estimate(value, value - reach, value + reach, words, self.level)


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
    fewest = max(1, int(present.sum(axis=1).min())) * (matches - 1)
    quantile = _t_quantile(level, fewest)
    if len(values) > 1:
        rng = np.random.default_rng(seed)
        drawn = [_largest(spread, weights, rng, CHUNK) for _ in range(DRAWS // CHUNK)]
        quantile = max(quantile, float(np.quantile(np.concatenate(drawn), level)))
    return Together(mean, error, quantile, present.sum(axis=1) * matches, level)


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
    return np.divide(np.abs(mean), error, out=np.zeros_like(mean), where=error > 1e-12).max(axis=1)


def _t_quantile(level: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, freedom))
