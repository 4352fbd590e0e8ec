"""Randomness: same seed, same answer."""

from __future__ import annotations

import numpy as np

Rng = np.random.Generator | int | None


def as_generator(rng: Rng) -> np.random.Generator:
    """Return a NumPy Generator from a Generator, a seed, or fresh entropy (``None``)."""
    return rng if isinstance(rng, np.random.Generator) else np.random.default_rng(rng)


def spawn_seeds(rng: Rng, count: int) -> list[int]:
    """Return ``count`` independent seeds, so that a parallel run gives the serial answer."""
    return [int(s) for s in as_generator(rng).integers(0, 2**63 - 1, size=count)]
