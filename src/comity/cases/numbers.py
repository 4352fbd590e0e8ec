"""Numbers as people write them: 3, 0.5, or "1/3" where no decimal is exact."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from comity.cases.faults import shown
from comity.core.errors import InputError
from comity.games.validation import check_size

_FRACTION = re.compile(r"[+-]?\d{1,15}(\s*/\s*0*[1-9]\d{0,14}|\.\d{1,15})?")
LARGEST = 1e50
"""Largest size of a number in a file, so that lies and products of gains stay finite too."""
LARGEST_DENOMINATOR = 1000
LONGEST_DECIMAL = 12
"""Characters up to which a decimal is as readable as a fraction."""


def number(value: object) -> float:
    """Return a finite float from a number or a fraction in quotes, or raise `InputError`.

    Examples
    --------
    >>> number("1/4")
    0.25
    """
    if isinstance(value, str) and _FRACTION.fullmatch(value.strip()):
        return float(Fraction(value.replace(" ", "")))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(
            "not a number", found=shown(value), expected='a number, or a fraction such as "1/3"'
        )
    try:
        converted = float(value)
    except OverflowError:
        converted = math.inf
    if not math.isfinite(converted):
        raise InputError("not finite", found=shown(value), expected="a finite number")
    check_size(converted, limit=LARGEST)
    return converted


def is_number(value: object) -> bool:
    """Tell whether ``value`` stands where a number is meant, good or bad."""
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)


def written(value: float) -> Any:
    """Return a number as a file shows it: whole, decimal, or "p/q" where that alone is exact.

    Reading it back gives the same float.
    """
    x = float(value)
    if x == int(x) and abs(x) < 1e15:
        return int(x)
    if len(repr(x)) <= LONGEST_DECIMAL:
        return x
    near = Fraction(x).limit_denominator(LARGEST_DENOMINATOR)
    if near.denominator > 1 and abs(near.numerator) < 1e15 and float(near) == x:
        return f"{near.numerator}/{near.denominator}"
    return x
