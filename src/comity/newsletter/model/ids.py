"""Names of things that outlive their titles."""

from __future__ import annotations

from random import SystemRandom
from typing import Protocol

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 after Crockford: no letter that looks like a digit or like another letter."""
LENGTH = 10
"""Fifty bits: among a million ids two are the same with probability 4e-4, and that is checked."""


class Draws(Protocol):
    """Whatever draws from a sequence as `random.Random` does."""

    def choices(self, population: str, *, k: int) -> list[str]:
        """Return ``k`` independent draws."""
        ...


def new_id(rng: Draws | None = None) -> str:
    """Return a fresh id, from the system's randomness unless ``rng`` is given.

    Examples
    --------
    >>> from random import Random
    >>> new_id(Random(1)) == new_id(Random(1))
    True
    >>> len(new_id())
    10
    """
    return "".join((rng or SystemRandom()).choices(ALPHABET, k=LENGTH))
