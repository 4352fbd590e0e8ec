"""Choosing among listed outcomes, without lotteries: which of them tie for best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.solutions.point import NEGLIGIBLE


@dataclass(frozen=True)
class Choice:
    """The outcomes that are best.

    Attributes
    ----------
    indices : places of the outcomes among those listed.
    objective : the value they share.
    """

    indices: np.ndarray
    objective: float


ROUNDING = 1e-12


def largest(values: np.ndarray) -> np.ndarray:
    """Return which values are largest, up to what is negligible or, of large values, rounding."""
    return np.asarray(
        values >= values.max() - max(NEGLIGIBLE, ROUNDING * float(np.abs(values).max()))
    )


def lexicographic(keys: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """Return the candidates whose row of keys is lexicographically largest, ties included."""
    kept = candidates
    for column in keys.T:
        values = column[kept]
        kept = kept[largest(values)]
    return kept


def leximin(gains: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """Return the candidates whose smallest gain is largest, then the second smallest, and so on."""
    return lexicographic(np.sort(gains, axis=1), candidates)
