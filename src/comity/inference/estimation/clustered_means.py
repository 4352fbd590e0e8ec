"""Means over decisions, and how sure they are where decisions of one person depend on each other.

People are independent of each other. The variance of a mean is that of Bell and McCaffrey (2002,
CR2), and its degrees of freedom are theirs for decisions of a person that are all alike: the
worst that dependence can do. With the same number of decisions for everybody they are those of
Student's t over people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core import Certified
from comity.core.errors import InputError
from comity.core.shares import wilson
from comity.inference.evidence.table import Evidence


@dataclass(frozen=True, eq=False)
class Clusters:
    """Rows by person.

    Attributes
    ----------
    labels : shape (N,), the person of each row, from 0.
    shares : shape (G,), the share of the rows' weight that each person has.
    weights : shape (N,), of the rows; they sum to 1.
    """

    labels: np.ndarray
    shares: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, person: np.ndarray, weights: np.ndarray | None = None) -> Clusters:
        """Return the clusters of rows of weight above 0, shapes (N,)."""
        labels = np.unique(person, return_inverse=True)[1]
        given = np.ones(len(labels)) if weights is None else np.asarray(weights, float)
        shared = given / given.sum()
        return cls(labels, np.bincount(labels, shared), shared)

    @property
    def count(self) -> int:
        """How many people there are."""
        return len(self.shares)

    @property
    def effective(self) -> float:
        """How many people of equal weight would be worth as much (Kish 1965)."""
        return float(1 / (self.shares**2).sum())

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Return each person's weighted sum of values (N,), shape (G,)."""
        return np.bincount(self.labels, self.weights * values, minlength=self.count)

    def variance(self, residuals: np.ndarray) -> float:
        """Return the variance of a weighted mean from the rows' distances to it, shape (N,).

        With shares w it is the sum of ``s^2 / (1 - w)`` over people, s their sums.
        """
        return float((self.sums(residuals) ** 2 / (1 - self.shares)).sum())

    def degrees(self) -> float:
        """Return the degrees of freedom of `variance`, where decisions of a person are all alike.

        Twice the squared mean of the estimate over its variance, for normal people of equal
        spread (Satterthwaite 1946). Never more than the number of people less one.
        """
        w = self.shares
        d = w**2 / (1 - w)
        q = float((w**2).sum())
        trace = float((d * (1 - 2 * w + q)).sum())
        zeroth, first, second = (float((d * w**k).sum()) for k in range(3))
        cross = q**2 * zeroth**2 + 2 * zeroth * second - 4 * q * zeroth * first + 2 * first**2
        return trace**2 / (cross + float((d**2 * (2 * q - 4 * w + 1)).sum()))


def mean_by_person(values: np.ndarray, evidence: Evidence, what: str, level: float) -> Certified:
    """Return the mean over decisions with an interval that lets those of a person depend.

    Parameters
    ----------
    values : shape (N,), a number for each row.
    what : goes before the reason where there is no interval, and is the method where there is.
    """
    if not len(values):
        raise InputError("no decisions", place="evidence", found=0, expected="one or more")
    mean = float(values.mean())
    if not np.isfinite(mean):
        return Certified.exact(mean, f"{what}: a choice had probability 0")
    clusters = Clusters.of(evidence.person)
    if clusters.count < 2:
        return Certified.unknown(f"{what}: one person tells nothing of others")
    spread = np.sqrt(clusters.variance(values - mean))
    reach = quantile(level, clusters.degrees()) * spread
    return Certified.estimate(mean, mean - reach, mean + reach, what, level)


def share_by_person(
    values: np.ndarray, clusters: Clusters, level: float
) -> tuple[float, float, float]:
    """Return a weighted share with an interval inside [0, 1] that lets a person's rows depend.

    Wilson's interval (1927) for as many independent rows as would have the same variance (Korn
    and Graubard 1998), never more than the rows would be worth if they were independent. Where
    everything or nothing came about, as many as there are people.

    Parameters
    ----------
    values : shape (N,), between 0 and 1.
    """
    alike = (values == values[0]).all()
    share = float(values[0] if alike else (clusters.weights * values).sum())
    if clusters.count < 2:
        return share, 0.0, 1.0
    whole = share * (1 - share)
    if alike and whole > 0:
        return share, share, share
    rows = clusters.effective
    if not alike:
        away = values - share
        independent = float(((clusters.weights * away) ** 2).sum())
        rows = whole / max(clusters.variance(away), independent)
    low, high = wilson(share, rows, z=quantile(level, clusters.degrees()))
    return share, float(low), float(high)


def quantile(level: float, degrees: float) -> float:
    """Return the two-sided quantile of Student's t."""
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, degrees))
