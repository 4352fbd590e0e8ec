"""What a negotiation is about: issues with their options, and limits on deals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games.validation import check_finite, check_names

MAX_OPTIONS = 1_000_000
"""Most options of one issue."""

TOLERANCE = 1e-9
"""By how much a deal may pass a limit, for rounding."""


@dataclass(frozen=True)
class Issue:
    """Something to be settled, with the options on the table.

    Attributes
    ----------
    name : shown to people.
    options : names of the options; whole numbers as text for a range.

    Examples
    --------
    >>> Issue.integers("rent", 1, 3).options
    ('1', '2', '3')
    """

    name: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        place = f"issues.{self.name}"
        if not self.options:
            raise InputError("an issue has no options", place=place, found=0)
        check_cells(len(self.options), place, MAX_OPTIONS)
        check_names(self.options, f"{place}.options")

    @classmethod
    def integers(cls, name: str, low: int, high: int, step: int = 1) -> Issue:
        """Return the issue whose options are the whole numbers ``low, low + step, ..., high``."""
        count = (high - low) // step + 1 if step > 0 else 0
        place = f"issues.{name}"
        if count < 1:
            raise InputError("the range is empty", place=place, found=f"{low}..{high} by {step}")
        check_cells(count, place, MAX_OPTIONS)
        return cls(name, tuple(str(low + k * step) for k in range(count)))


@dataclass(frozen=True, eq=False)
class Constraint:
    """A linear limit on deals: the coefficients of the chosen options sum to at most ``limit``.

    Attributes
    ----------
    coefficients : shape (C,), one per option of every issue in order.
    limit : largest allowed sum, met to 1e-9 of the largest sum that the coefficients can reach.
    label : the limit in words.
    """

    coefficients: np.ndarray
    limit: float
    label: str = ""

    def __post_init__(self) -> None:
        try:
            coefficients, limit = np.array(self.coefficients, dtype=float), float(self.limit)
        except (TypeError, ValueError) as error:
            raise InputError("not numbers", place=f"constraint {self.label!r}") from error
        check_finite(coefficients, "coefficients")
        check_finite(np.array(limit), "limit")
        coefficients.flags.writeable = False
        object.__setattr__(self, "coefficients", coefficients)
        object.__setattr__(self, "limit", limit)

    def kept(self, sums: np.ndarray) -> np.ndarray:
        """Return which sums of coefficients stay within the limit."""
        scale = max(1.0, abs(self.limit), float(np.abs(self.coefficients).max(initial=0)))
        return np.asarray(sums) <= self.limit + TOLERANCE * scale
