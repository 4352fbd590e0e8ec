"""Many points in pieces of one size, so that a program is compiled once for any number of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np


def in_pieces(run: Callable[..., Any], size: int, *arrays: Sequence[Any] | np.ndarray) -> Any:
    """Return what ``run(*arrays)`` returns, made piece by piece, as NumPy arrays.

    Parameters
    ----------
    run : from arrays with a leading axis to a tree of arrays with the same one.
    size : of a piece; the last one is filled up with copies of its last entry, which are left out.
    arrays : of one length, which is not 0.

    Examples
    --------
    >>> in_pieces(lambda x: 2 * x, 2, np.arange(5))
    array([0, 2, 4, 6, 8])
    """
    count = len(arrays[0])
    pieces = []
    for first in range(0, count, size):
        places = np.minimum(np.arange(first, first + size), count - 1)
        pieces.append(run(*(np.asarray(a)[places] for a in arrays)))
    return jax.tree.map(lambda *leaves: np.concatenate(leaves)[:count], *pieces)
