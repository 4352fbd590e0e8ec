"""The exact distribution of a log-likelihood ratio after many passes of a design.

Options with the same ratio are one outcome, so that n passes of a decision give counts whose
distribution is multinomial; decisions are independent. Chances below 1e-17 under both members are
dropped, which moves no probability by more than 1e-10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import InputError, Intractable
from comity.inference.identification.tables import checked_tables

MOST_OUTCOMES = 2_000_000
"""Most outcomes that are held at once."""

NEGLIGIBLE = 1e-17
SAME_RATIO = 1e-11
"""Log-ratios this near count as one."""


@dataclass(frozen=True, eq=False)
class LogRatio:
    """Values of the log-likelihood ratio of ``truth`` to ``other``, with their chances.

    Attributes
    ----------
    values : shape (k,), increasing; infinite where one of them rules the outcome out.
    truth, other : shape (k,), chance of each value under either.
    """

    values: np.ndarray
    truth: np.ndarray
    other: np.ndarray

    def reaches(self, level: float) -> float:
        """Return the chance under the truth that the ratio is at least ``level``."""
        return min(1.0, float(self.truth[self.values >= level - 1e-9].sum()))

    def plain_errors(self) -> np.ndarray:
        """Return both errors for every threshold, shape (k + 1, 2).

        First the chance of rejecting the truth, second of accepting it where the other is true.
        """
        rejected = np.concatenate([[0.0], np.cumsum(self.truth)])
        accepted = np.concatenate([np.cumsum(self.other[::-1])[::-1], [0.0]])
        return np.column_stack([rejected, accepted])

    def least_error(self, limit: float) -> float:
        """Return the least chance of rejecting the truth while the other error keeps a limit.

        The best test there is; where the threshold falls on a value it tosses a coin there.
        Source: Neyman and Pearson (1933).
        """
        errors = self.plain_errors()
        low = int(np.argmax(errors[:, 1] <= limit))
        if low == 0:
            return 0.0
        above, below = errors[low], errors[low - 1]
        step = below[1] - above[1]
        share = (limit - above[1]) / step if step > 0 else 0.0
        return float(above[0] + share * (below[0] - above[0]))


def checked_pair(truth: Any, other: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return both tables in shape (decisions, options), or raise `InputError`."""
    pair = [
        checked_tables(np.atleast_2d(np.asarray(table, float))[None], place)[0]
        for table, place in ((truth, "truth"), (other, "other"))
    ]
    if pair[0].shape != pair[1].shape:
        raise InputError(
            "shapes differ", place="other", found=pair[1].shape, expected=pair[0].shape
        )
    return pair[0], pair[1]


def log_ratio(truth: Any, other: Any, passes: int) -> LogRatio:
    """Return the distribution of the log-likelihood ratio after so many passes.

    Parameters
    ----------
    truth, other : shape (options,) or (decisions, options), each decision once a pass.
    passes : 1 or more.

    Raises `Intractable` where there would be more than 2 million outcomes: with g different
    ratios at a decision there are ``C(passes + g - 1, g - 1)``, and decisions multiply.

    Examples
    --------
    >>> found = log_ratio([0.5, 0.5], [1.0, 0.0], passes=2)
    >>> found.truth, found.other
    (array([0.25, 0.75]), array([1., 0.]))
    """
    p, q = checked_pair(truth, other)
    if isinstance(passes, bool) or passes != int(passes) or passes < 1:
        raise InputError("not a number of passes", place="passes", found=passes, expected="1, 2...")
    total = LogRatio(np.zeros(1), np.ones(1), np.ones(1))
    for first, second in zip(p, q, strict=True):
        total = _sum(total, _repeated(*_outcomes(first, second), int(passes)))
    return total


def _outcomes(p: np.ndarray, q: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return different log-ratios and their chances under both, in one pass of one decision."""
    there = (p > 0) | (q > 0)
    with np.errstate(divide="ignore"):
        values = np.log(p[there]) - np.log(q[there])
    return _merged(values, p[there], q[there])


def _merged(
    values: np.ndarray, p: np.ndarray, q: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return sorted values, the chances of those that coincide added up."""
    order = np.argsort(values, kind="stable")
    values, p, q = values[order], p[order], q[order]
    near = SAME_RATIO * (1 + np.abs(np.where(np.isfinite(values), values, 0.0)))
    apart = values[1:] > values[:-1] + near[:-1]
    starts = np.flatnonzero(np.concatenate([[True], apart]))
    return values[starts], np.add.reduceat(p, starts), np.add.reduceat(q, starts)


def _repeated(values: np.ndarray, p: np.ndarray, q: np.ndarray, passes: int) -> LogRatio:
    """Return the sum of so many independent draws of one decision."""
    from scipy.special import gammaln, xlogy

    counts = _counts(passes, len(values))
    ways = gammaln(passes + 1) - gammaln(counts + 1).sum(axis=1)
    chances = [np.exp(ways + xlogy(counts, chance).sum(axis=1)) for chance in (p, q)]
    with np.errstate(invalid="ignore"):
        sums = np.where(counts > 0, counts * values, 0.0).sum(axis=1)
    return _kept(sums, chances[0], chances[1])


def _counts(passes: int, groups: int) -> np.ndarray:
    """Return every way to share passes among groups, shape (ways, groups)."""
    _check(math.comb(passes + groups - 1, groups - 1))
    counts = np.zeros((1, 0), dtype=int)
    left = np.array([passes])
    for _ in range(groups - 1):
        source = np.repeat(np.arange(len(left)), left + 1)
        first = np.cumsum(left + 1) - (left + 1)
        taken = np.arange(len(source)) - first[source]
        counts = np.column_stack([counts[source], taken])
        left = left[source] - taken
    return np.column_stack([counts, left])


def _sum(first: LogRatio, second: LogRatio) -> LogRatio:
    _check(len(first.values) * len(second.values))
    with np.errstate(invalid="ignore"):
        values = np.add.outer(first.values, second.values).ravel()
    return _kept(
        values,
        np.outer(first.truth, second.truth).ravel(),
        np.outer(first.other, second.other).ravel(),
    )


def _kept(values: np.ndarray, p: np.ndarray, q: np.ndarray) -> LogRatio:
    kept = np.maximum(p, q) > NEGLIGIBLE
    return LogRatio(*_merged(values[kept], p[kept], q[kept]))


def _check(outcomes: float) -> None:
    if outcomes > MOST_OUTCOMES:
        raise Intractable(
            "too many outcomes for an exact distribution",
            place="passes",
            found=f"{outcomes:,.0f}",
            expected=f"at most {MOST_OUTCOMES:,}",
        )
