"""Rules of an environment as stated, each checked to be of its kind."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.core.errors import InputError


def whole(value: Any, place: str, least: int, most: int) -> int:
    """Return a whole number from ``least`` to ``most``, or raise `InputError`.

    Examples
    --------
    >>> whole(3, "players", 2, 5)
    3
    """
    fits = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not fits or not least <= value <= most:
        raise InputError(
            "out of range", place=place, found=value, expected=f"a whole number, {least} to {most}"
        )
    return int(value)


def flag(value: Any, place: str) -> bool:
    """Return yes or no, or raise `InputError`: a word such as "no" would else count as yes."""
    if not isinstance(value, (bool, np.bool_)):
        raise InputError("neither yes nor no", place=place, found=value, expected="true or false")
    return bool(value)
