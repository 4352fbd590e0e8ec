"""Sums over one option per issue, for all outcomes at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from comity.core.limits import check_cells

MAX_LISTED = 2_000_000
"""Largest outcome set that is enumerated."""


def outer_sums(rows: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """Return row sums over the chosen options of every outcome in C order, shape (r, size).

    ``rows`` has shape (r, sum(shape)): the options of all issues in order. Built by halves, so
    that the last pass, which costs as much as all others together, adds long contiguous runs.
    Raises `SizeError` above two million outcomes.
    """
    check_cells(math.prod(shape), "outcomes", MAX_LISTED)
    return _sums(rows, list(shape))


def _sums(rows: np.ndarray, shape: list[int]) -> np.ndarray:
    if len(shape) == 1:
        return rows
    middle = _balanced(shape)
    first, split = shape[:middle], sum(shape[:middle])
    left, right = _sums(rows[:, :split], first), _sums(rows[:, split:], shape[middle:])
    return (left[:, :, None] + right[:, None, :]).reshape(len(rows), -1)


def _balanced(shape: list[int]) -> int:
    """Return where to cut so that the two parts have about as many outcomes."""
    sizes = [
        abs(2 * math.log(math.prod(shape[:k])) - math.log(math.prod(shape)))
        for k in range(1, len(shape))
    ]
    return 1 + sizes.index(min(sizes))
