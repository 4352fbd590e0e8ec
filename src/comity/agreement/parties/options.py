"""Checking the numbers that a Case file gives a party."""

from __future__ import annotations

import math

from comity.core.errors import InputError


def check_number(
    name: str, value: object, low: float = -math.inf, high: float = math.inf, *, whole: bool = False
) -> None:
    """Raise `InputError` unless an option is a finite number in a range.

    Examples
    --------
    >>> check_number("demand", "a lot")
    Traceback (most recent call last):
    ...
    comity.core.errors.InputError: demand: not a usable number (found 'a lot'; expected a number)
    """
    kinds = (int,) if whole else (int, float)
    right = isinstance(value, kinds) and not isinstance(value, bool)
    if right and math.isfinite(value) and low <= value <= high:  # type: ignore[arg-type, operator]
        return
    raise InputError(
        "not a usable number", place=name, found=repr(value), expected=_range(low, high, whole)
    )


def _range(low: float, high: float, whole: bool) -> str:
    kind = "a whole number" if whole else "a number"
    if math.isfinite(low) and math.isfinite(high):
        return f"{kind} from {low:g} to {high:g}"
    return f"{kind}, {low:g} or more" if math.isfinite(low) else kind
