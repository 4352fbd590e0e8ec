"""Exact intervals that hold the chances behind several tables of counts all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from comity.core import InputError


@dataclass(frozen=True, eq=False)
class Interval:
    """Lowest and highest chance of each cell, in the shape of the counts."""

    low: np.ndarray
    high: np.ndarray

    @property
    def middle(self) -> np.ndarray:
        """Return the midpoints."""
        return (self.low + self.high) / 2

    @property
    def half(self) -> np.ndarray:
        """Return half of the widths."""
        return (self.high - self.low) / 2

    def __mul__(self, other: Interval) -> Interval:
        """Return the intervals of all products of two independent chances, (first, second)."""
        return Interval(
            np.multiply.outer(self.low, other.low), np.multiply.outer(self.high, other.high)
        )


def known(chances: np.ndarray) -> Interval:
    """Return intervals without width."""
    return Interval(chances, chances)


def joint_of_others(mixes: Sequence[Interval], player: int) -> Interval:
    """Return chances of the joint actions of all but one player, the last player fastest."""
    rest = [mix for i, mix in enumerate(mixes) if i != player]
    joint = reduce(lambda one, two: one * two, rest) if rest else known(np.ones(1))
    return Interval(joint.low.ravel(), joint.high.ravel())


def checked_counts(counts: Any, place: str) -> np.ndarray:
    """Return a table of whole numbers with at least one observation, or raise `InputError`."""
    table = np.asarray(counts)
    number = table.dtype.kind in "biuf" and table.size > 0
    if not number or not np.all(np.isfinite(table)) or table.min() < 0:
        raise InputError("not counts", place=place, found=str(counts)[:80])
    if np.any(table != np.round(table)) or table.sum() < 1:
        raise InputError(
            "not counts",
            place=place,
            found=str(table.tolist())[:80],
            expected="whole numbers, at least one of them above 0",
        )
    return table.astype(float)


def simultaneous(tables: Sequence[Any], level: float) -> list[Interval]:
    """Return intervals that hold all chances of all tables with probability ``level`` or more.

    Parameters
    ----------
    tables : counts, each from one multinomial sample, of any shape.
    level : joint coverage, between 0 and 1.

    Intervals of Clopper and Pearson (1934) whose errors share ``1 - level`` (Bonferroni); a table
    of two cells needs one interval. They are then cut to what chances that sum to 1 allow.

    Examples
    --------
    >>> found = simultaneous([[0, 20]], 0.95)[0]
    >>> found.high.round(4), found.low.round(4)
    (array([0.1684, 1.    ]), array([0.    , 0.8316]))
    """
    if not 0 < level < 1:
        raise InputError("out of range", place="level", found=level, expected="(0, 1)")
    counts = [checked_counts(table, f"counts[{k}]") for k, table in enumerate(tables)]
    needed = sum(1 if table.size == 2 else table.size for table in counts)
    return [_cut(_clopper_pearson(table, (1 - level) / needed)) for table in counts]


def _clopper_pearson(counts: np.ndarray, error: float) -> Interval:
    from scipy.stats import beta

    rest = counts.sum() - counts
    low = beta.ppf(error / 2, np.maximum(counts, 1), rest + 1)
    high = beta.isf(error / 2, counts + 1, np.maximum(rest, 1))
    return Interval(np.where(counts > 0, low, 0.0), np.where(rest > 0, high, 1.0))


def _cut(given: Interval) -> Interval:
    """Return the intervals without what no distribution reaches."""
    low = np.maximum(given.low, 1 - (given.high.sum() - given.high))
    high = np.minimum(given.high, 1 - (given.low.sum() - given.low))
    return Interval(low, high)
