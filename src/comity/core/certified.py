"""A number that says how wrong it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from comity.core.results import plain

Kind = Literal["exact", "upper_bound", "lower_bound", "estimate", "unknown"]
SIGNS = {"exact": "", "upper_bound": "<= ", "lower_bound": ">= ", "estimate": "about "}


@dataclass(frozen=True)
class Certified:
    """A figure with its certificate.

    Attributes
    ----------
    value : the figure; ``nan`` when the kind is ``unknown``.
    kind : ``exact`` (to ``tolerance``), ``upper_bound``, ``lower_bound`` (the best found in the
        family that ``method`` names), ``estimate`` (with ``low`` and ``high``) or ``unknown``.
    method : how it was obtained, in words a reader can check.
    low, high : interval of an estimate.
    level : coverage of that interval.

    Examples
    --------
    >>> print(Certified.lower(0.295, "grid of 61 biases"))
    >= 0.295 (grid of 61 biases)
    """

    value: float
    kind: Kind
    method: str = ""
    low: float | None = None
    high: float | None = None
    level: float | None = None

    @classmethod
    def exact(cls, value: float, method: str = "") -> Certified:
        """Return a figure that is exact up to rounding."""
        return cls(float(value), "exact", method)

    @classmethod
    def upper(cls, value: float, method: str = "") -> Certified:
        """Return a figure that the truth cannot exceed."""
        return cls(float(value), "upper_bound", method)

    @classmethod
    def lower(cls, value: float, method: str = "") -> Certified:
        """Return the best figure found in the family that ``method`` names."""
        return cls(float(value), "lower_bound", method)

    @classmethod
    def estimate(
        cls, value: float, low: float, high: float, method: str = "", level: float = 0.95
    ) -> Certified:
        """Return an estimate with its interval."""
        return cls(float(value), "estimate", method, float(low), float(high), level)

    @classmethod
    def unknown(cls, method: str) -> Certified:
        """Return "cannot tell", with the reason as ``method``."""
        return cls(float("nan"), "unknown", method)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        if self.kind == "unknown":
            return f"cannot tell ({self.method})"
        interval = "" if self.low is None else f" [{self.low:.4g}, {self.high:.4g}]"
        method = f" ({self.method})" if self.method else ""
        return f"{SIGNS[self.kind]}{self.value:.4g}{interval}{method}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON; an unknown value is ``None``, an infinite one a word."""
        data = {"value": plain(self.value), "kind": self.kind, "method": self.method}
        if self.low is not None:
            data |= {"low": plain(self.low), "high": plain(self.high), "level": self.level}
        return data
