"""Which of two fits to the same decisions is closer to the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.inference.estimation.clustered_means import Clusters, quantile
from comity.inference.estimation.scoring import check_level
from comity.inference.evidence.table import Evidence


@dataclass(frozen=True, eq=False)
class Vuong(Result):
    """Vuong's test of two fits that do not contain each other.

    Attributes
    ----------
    difference : how much more log-likelihood per decision the first has, less the correction.
    statistic : of Student's t; ``nan`` where the difference does not vary from person to person.
    p_value : of both being as close to the truth, two-sided.
    closer : ``first``, ``second``, or ``cannot tell`` at the level.
    """

    difference: Certified
    statistic: float
    p_value: float
    closer: str


def vuong(
    first: np.ndarray,
    second: np.ndarray,
    evidence: Evidence,
    *,
    parameters: tuple[int, int] = (0, 0),
    level: float = 0.9,
) -> Vuong:
    """Return which of two fits is closer to the truth (Vuong 1989, theorem 5.1).

    The variance lets decisions of a person depend, and Student's t takes the place of the normal.

    Parameters
    ----------
    first, second : shape (N,), log-likelihoods of the decisions at each fit's best parameters.
        Neither explanation may contain the other, or coincide with it at the truth; where the two
        fits say the same the answer is ``cannot tell``.
    parameters : how many each fit has; half the logarithm of the number of people is taken off
        for each (Schwarz 1978). None for held-out scores.

    Raises `InputError` where a choice had probability 0, which rules out one fit for good.
    """
    check_level(level)
    apart = np.asarray(first, float) - np.asarray(second, float)
    if apart.shape != (len(evidence),) or not np.isfinite(apart).all():
        raise InputError(
            "not log-likelihoods of these decisions",
            place="first, second",
            found=f"shape {apart.shape}, {int((~np.isfinite(apart)).sum())} not finite",
            expected=f"({len(evidence)},), all finite",
        )
    clusters = Clusters.of(evidence.person)
    if clusters.count < 2:
        lone = Certified.unknown("one person tells nothing of others")
        return Vuong(lone, np.nan, np.nan, "cannot tell")
    mean = float(apart.mean())
    spread = float(np.sqrt(clusters.variance(apart - mean)))
    if spread <= 1e-9 * max(1.0, float(np.abs(first).mean())):
        same = "the fits say the same" if abs(mean) <= 1e-9 else "the difference never varies"
        return Vuong(Certified.unknown(same), np.nan, np.nan, "cannot tell")
    penalty = (parameters[0] - parameters[1]) * np.log(clusters.count) / 2
    mean -= penalty / len(evidence)
    return _judged(mean, spread, clusters.degrees(), level)


def _judged(mean: float, spread: float, degrees: float, level: float) -> Vuong:
    from scipy.stats import t

    statistic = mean / spread
    p_value = float(2 * t.sf(abs(statistic), degrees))
    reach = quantile(level, degrees) * spread
    told = "first" if mean > 0 else "second"
    return Vuong(
        Certified.estimate(mean, mean - reach, mean + reach, "by person", level),
        statistic,
        p_value,
        told if p_value < 1 - level else "cannot tell",
    )
