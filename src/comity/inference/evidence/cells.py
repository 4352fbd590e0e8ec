"""Cells: one value of a table, as a number, a name, a yes or no, or one of several labels."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

MISSING = frozenset({"", ".", "na", "n/a", "#n/a", "nan", "nat", "null", "<na>"})
"""What stands in a cell that holds nothing, in lower case, in files by R, Stata, pandas, Excel."""

YES = frozenset({"1", "true", "t", "yes", "y"})
NO = frozenset({"0", "false", "f", "no", "n"})

LARGEST = 1e20
"""Largest size of a number in a cell, so that products of a few stay finite."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
WHOLE_WITH_POINT = re.compile(r"(-?\d+)\.0+")
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Trouble:
    """Why a cell cannot be used; see `Fault` for the kinds."""

    kind: str
    message: str


def plain(value: object) -> str | int | float | bool | None:
    """Return a cell as text, number, truth value, or ``None`` where it holds nothing.

    Examples
    --------
    >>> plain(" NA "), plain(np.float64(2)), plain(" left ")
    (None, 2.0, 'left')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if isinstance(value, Decimal):
        value = None if value.is_nan() else float(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    text = str(value).strip()
    return None if text.casefold() in MISSING else text


def shown(value: object) -> str:
    """Return a cell as a fault quotes it, cut where it is long."""
    quoted = isinstance(value, str) and not NUMBER.fullmatch(value.strip())
    text = repr(value) if quoted else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def as_number(value: object) -> float | Trouble:
    """Return a cell as a number that can be reckoned with.

    Examples
    --------
    >>> as_number("2.50"), as_number("3,5").message
    (2.5, "found '3,5'; expected a number with a decimal point")
    """
    cell = plain(value)
    if cell is None or (isinstance(cell, str) and cell.casefold() == "none"):
        return Trouble("missing", "found nothing; expected a number")
    if isinstance(cell, str) and DECIMAL_COMMA.fullmatch(cell):
        return _wrong(cell, "a number with a decimal point")
    if isinstance(cell, bool) or (isinstance(cell, str) and not NUMBER.fullmatch(cell)):
        return _wrong(cell, "a number")
    try:
        number = float(cell)
    except OverflowError:
        number = math.inf
    if not abs(number) <= LARGEST:
        return _wrong(cell, f"a number of at most {LARGEST:g} in size")
    return number


def as_name(value: object) -> str | Trouble:
    """Return a cell as a name; whole numbers have no decimal point.

    Examples
    --------
    >>> as_name(12.0), as_name("12.0"), as_name("012")
    ('12', '12', '012')
    """
    cell = plain(value)
    if cell is None:
        return Trouble("missing", "found nothing; expected a name")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    whole = WHOLE_WITH_POINT.fullmatch(text)
    return whole[1] if whole else text


def as_flag(value: object) -> bool | Trouble:
    """Return a cell as yes or no.

    Examples
    --------
    >>> as_flag("Yes"), as_flag(0.0), as_flag("perhaps").message
    (True, False, "found 'perhaps'; expected yes or no (1 or 0, true or false)")
    """
    name = as_name(value)
    if isinstance(name, Trouble):
        return Trouble("missing", "found nothing; expected yes or no")
    if name.casefold() in YES | NO:
        return name.casefold() in YES
    return _wrong(plain(value), "yes or no (1 or 0, true or false)")


def as_label(value: object, labels: Mapping[str, int]) -> int | Trouble:
    """Return which of several labels a cell holds; upper and lower case count as one.

    Labels are given in lower case, each with the place of what it stands for.
    """
    name = as_name(value)
    if isinstance(name, Trouble):
        return Trouble("missing", f"found nothing; expected {_either(labels)}")
    place = labels.get(name.casefold())
    return _wrong(plain(value), _either(labels)) if place is None else place


def _either(labels: Mapping[str, int]) -> str:
    names = list(labels)
    return ", ".join(names[:10]) + (f" or {len(names) - 10} more" if len(names) > 10 else "")


def _wrong(found: Any, expected: str) -> Trouble:
    return Trouble("impossible", f"found {shown(found)}; expected {expected}")
