"""Utilities from what people say: orders, ratings and ratios become numbers with their spread.

People do not own payoff tables. They can order things, rate some between the worst and the best,
and say how many times as much one thing matters as another. Each kind of answer gives a mean and a
covariance; answers that contradict each other widen the covariance and are named, never averaged
in silence. Widening by the excess misfit follows Birge (1932).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.core.errors import InputError

RATIO_SD = 0.25
"""Spread of the logarithm of a stated ratio: "twice as much" means some 1.6 to 2.6 times."""

RATING_SD = 0.08
"""Spread of a rating between worst (0) and best (1)."""

STRANGE = 2.0
"""An answer this many standard deviations from what the others imply is pointed out."""

SURENESS = {
    "certain": 0.0,
    "quite sure": 0.05,
    "fairly sure": 0.1,
    "not sure": 0.2,
    "guessing": 0.3,
}
"""Standard deviation that each word stands for, as a share of the whole scale from worst to best.

``guessing`` is close to a uniform distribution over the scale (0.289); the rest halve from there.
"""


@dataclass(frozen=True)
class Fit:
    """What answers say about some numbers.

    Attributes
    ----------
    values : shape (m,), the best fit.
    covariance : shape (m, m), how sure the answers make them.
    residuals : per answer how far it lies from the fit, in its own standard deviations.
    strange : places of the answers that the others contradict.
    """

    values: np.ndarray
    covariance: np.ndarray
    residuals: np.ndarray
    strange: tuple[int, ...]

    @property
    def sd(self) -> np.ndarray:
        """Standard deviation of each number."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0, None))


def rank_order_weights(count: int) -> Fit:
    """Return weights known only by their order, the first the largest, summing to 1.

    The values are the rank-order centroid (Barron and Barrett 1996, equation 3), the mean of a
    uniform distribution over all weights in this order; the covariance is that distribution's.

    Examples
    --------
    >>> rank_order_weights(3).values.round(3)
    array([0.611, 0.278, 0.111])
    """
    if count < 1:
        raise InputError("nothing to weigh", found=count, expected="one or more")
    # Weights in order are mixtures of the corners (1/k, ..., 1/k, 0, ..., 0), k = 1..count, and
    # uniform over them is uniform over the mixing shares: Dirichlet(1, ..., 1).
    corners = np.triu(np.ones((count, count))) / np.arange(1, count + 1)
    shares = (np.eye(count) * count - 1) / (count**2 * (count + 1))
    covariance = corners @ shares @ corners.T
    return Fit(corners.mean(axis=1), covariance, np.zeros(0), ())


def ordered_ratings(count: int) -> Fit:
    """Return ratings known only by their order, from best (1) to worst (0).

    Those between are uniform order statistics: means evenly spaced, covariance
    ``i (count - 1 - j) / ((count - 1)^2 count)`` for the i-th and j-th from the bottom, i <= j
    (David and Nagaraja 2003, section 3.1).

    Examples
    --------
    >>> ordered_ratings(3).values
    array([1. , 0.5, 0. ])
    """
    if count < 1:
        raise InputError("nothing to rate", found=count, expected="one or more")
    if count == 1:
        return Fit(np.ones(1), np.zeros((1, 1)), np.zeros(0), ())
    rank = np.arange(count - 1, -1, -1)
    low, high = np.minimum.outer(rank, rank), np.maximum.outer(rank, rank)
    covariance = low * (count - 1 - high) / ((count - 1) ** 2 * count)
    return Fit(rank / (count - 1), covariance, np.zeros(0), ())


def weights_from_ratios(
    count: int, ratios: Sequence[tuple[int, int, float]], sd: float = RATIO_SD
) -> Fit:
    """Return weights that sum to 1 from answers "i matters r times as much as j".

    Least squares on the logarithms, each with standard deviation ``sd``; the covariance follows by
    the delta method and is widened by the misfit where answers outnumber weights (for ratios of
    one common noise this is logarithmic least squares, Crawford and Williams 1985). Raises
    `InputError` where a ratio is not positive or something is compared with nothing else.
    """
    rows = np.zeros((len(ratios), count))
    for k, (i, j, ratio) in enumerate(ratios):
        if not (np.isfinite(ratio) and ratio > 0):
            raise InputError("a ratio is not positive", place=f"ratios.{k}", found=ratio)
        rows[k, i] += 1
        rows[k, j] -= 1
    if np.linalg.matrix_rank(rows) < count - 1:
        raise InputError(
            "some things are compared with nothing",
            found=f"{len(ratios)} comparisons",
            expected=f"{count - 1} or more that connect all",
        )
    stated = np.log([ratio for _, _, ratio in ratios])
    inverse = np.linalg.pinv(rows.T @ rows)
    logs = inverse @ rows.T @ stated
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    residuals = (stated - rows @ logs) / sd
    slope = np.diag(weights) - np.outer(weights, weights)
    spread = slope @ inverse @ slope * sd**2 * _widening(residuals, len(ratios) - (count - 1))
    return Fit(weights, spread, residuals, _strange(residuals, rows @ inverse @ rows.T))


def ratings_from_answers(
    count: int, answers: Sequence[tuple[int, float]], sd: float = RATING_SD
) -> Fit:
    """Return ratings on a scale of 0 to 1 from one or more answers for each thing.

    Each thing's rating is the mean of what was said of it (rated directly, or as the chance of the
    best at which a gamble is as good: the standard gamble of von Neumann and Morgenstern 1947).
    Raises `InputError` for an answer off the scale or a thing without one.
    """
    rows = np.zeros((len(answers), count))
    for k, (i, rating) in enumerate(answers):
        if not 0 <= rating <= 1:
            raise InputError(
                "a rating is off the scale",
                place=f"answers.{k}",
                found=rating,
                expected="from 0 to 1",
            )
        rows[k, i] = 1
    heard = rows.sum(axis=0)
    if np.any(heard == 0):
        raise InputError("something was not rated", found=int(np.argmin(heard)))
    stated = np.array([rating for _, rating in answers])
    values = rows.T @ stated / heard
    residuals = (stated - rows @ values) / sd
    covariance = np.diag(sd**2 / heard) * _widening(residuals, len(answers) - count)
    return Fit(values, covariance, residuals, _strange(residuals, (rows / heard) @ rows.T))


def _widening(residuals: np.ndarray, freedom: int) -> float:
    """Return by how much the covariance grows: the misfit per degree of freedom, never below 1."""
    return max(1.0, float(residuals @ residuals) / freedom) if freedom > 0 else 1.0


def _strange(residuals: np.ndarray, hat: np.ndarray) -> tuple[int, ...]:
    """Return the answers that the rest of the answers contradict.

    A residual shrinks as the fit follows its own answer, so it is compared with what is left.
    """
    left = 1 - np.diag(hat)
    checked = left > 1e-9
    scaled = np.zeros(len(residuals))
    scaled[checked] = residuals[checked] / np.sqrt(left[checked])
    return tuple(int(k) for k in np.flatnonzero(np.abs(scaled) > STRANGE))


def product_spread(weights: Fit, ratings: Sequence[Fit]) -> list[np.ndarray]:
    """Return the spread of weight times rating, option by option of each issue.

    The variance of a product of independent numbers: ``w2 s2 + r2 t2 + s2 t2``.
    """
    spreads = []
    for weight, sd, fit in zip(weights.values, weights.sd, ratings, strict=True):
        variance = (weight * fit.sd) ** 2 + (fit.values * sd) ** 2 + (sd * fit.sd) ** 2
        spreads.append(np.sqrt(variance))
    return spreads
