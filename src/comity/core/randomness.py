"""Randomness: same seed, same answer."""

from __future__ import annotations

import numpy as np

from comity.core.errors import InputError

Rng = np.random.Generator | int | None


def as_generator(rng: Rng) -> np.random.Generator:
    """Return a NumPy Generator from a Generator, a seed, or fresh entropy (``None``).

    Raises `InputError` for anything else.
    """
    if isinstance(rng, np.random.Generator):
        return rng
    whole = isinstance(rng, (int, np.integer)) and not isinstance(rng, bool)
    if rng is None or (whole and rng >= 0):
        return np.random.default_rng(rng)
    raise InputError(
        "not a seed",
        place="rng",
        found=repr(rng)[:80],
        expected="a whole number, 0 or more, a numpy Generator, or None",
    )


def spawn_seeds(rng: Rng, count: int) -> list[int]:
    """Return ``count`` independent seeds, so that a parallel run gives the serial answer."""
    return [int(s) for s in as_generator(rng).integers(0, 2**63 - 1, size=count)]
