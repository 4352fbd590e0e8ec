"""How likely bargaining fails: an offer below what the other side accepts.

An offer meets an independent threshold and fails where it is smaller. Where several explanations
stand, each with its own offers or thresholds, the chance is an interval from the least to the
greatest over the set; a prior over the set gives a mean inside it and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, InputError, Result
from comity.games.validation import check_finite


@dataclass(frozen=True)
class FailureRange(Result):
    """The chance of no agreement over a set of explanations.

    Attributes
    ----------
    chances : of failure, by member.
    lowest, highest : over the set, exact for the members listed.
    safest, riskiest : the members that attain them.
    mean : under the prior where one was given, with the whole range as its interval; else unknown.
    """

    chances: dict[str, float]
    lowest: Certified
    highest: Certified
    safest: str
    riskiest: str
    mean: Certified

    def __str__(self) -> str:
        return (
            f"No agreement with chance {self.lowest.value:.4g} ({self.safest})"
            f" to {self.highest.value:.4g} ({self.riskiest})"
        )


def failure_chance(
    offers: Any,
    thresholds: Any,
    offer_chances: Any = None,
    threshold_chances: Any = None,
) -> float:
    """Return the chance that an offer is below an independent threshold.

    Parameters
    ----------
    offers, thresholds : shapes (m,) and (n,), values in one unit; an infinite threshold rejects
        everything.
    offer_chances, threshold_chances : of each value; even where not given, so that samples of
        people can be handed over as they are.

    O((m + n) log n).

    Examples
    --------
    >>> failure_chance([0.3, 0.5], [0.2, 0.4])
    0.25
    """
    given, given_chances = _distribution(offers, offer_chances, "offers")
    needed, needed_chances = _distribution(thresholds, threshold_chances, "thresholds")
    order = np.argsort(needed)
    below = np.concatenate([[0.0], np.cumsum(needed_chances[order])])
    accepted = below[np.searchsorted(needed[order], given, side="right")]
    return min(1.0, max(0.0, float(given_chances @ (1 - accepted))))


def _distribution(values: Any, chances: Any, place: str) -> tuple[np.ndarray, np.ndarray]:
    points = np.asarray(values, dtype=float)
    if points.ndim != 1 or not points.size or np.isnan(points).any():
        raise InputError("not a list of numbers", place=place, found=str(values)[:80])
    if chances is None:
        return points, np.full(len(points), 1 / len(points))
    weights = np.asarray(chances, dtype=float)
    right = weights.shape == points.shape and bool(np.all(weights >= 0))
    if not right or abs(weights.sum() - 1) > 1e-9:
        raise InputError(
            "not one chance per value",
            place=f"{place} chances",
            found=str(chances)[:80],
            expected=f"{len(points)} chances that sum to 1",
        )
    return points, weights / weights.sum()


def failure_range(
    chances: Mapping[str, float], prior: Sequence[float] | None = None
) -> FailureRange:
    """Return the range of the chance of failure over the members of a set.

    Parameters
    ----------
    chances : of failure, by the name of the member.
    prior : shape (members,), in the same order.

    Examples
    --------
    >>> print(failure_range({"builder": 0.0, "committed": 1.0}))
    No agreement with chance 0 (builder) to 1 (committed)
    """
    names = list(chances)
    values = np.array([float(chances[name]) for name in names])
    if not names:
        raise InputError("no member to ask", place="chances", found="none")
    check_finite(values, "chances")
    if values.min() < 0 or values.max() > 1:
        raise InputError("not a chance", place="chances", found=values.tolist(), expected="0 to 1")
    low, high = int(np.argmin(values)), int(np.argmax(values))
    method = f"compared over {len(names)} members"
    return FailureRange(
        chances=dict(zip(names, values.tolist(), strict=True)),
        lowest=Certified.exact(values[low], method),
        highest=Certified.exact(values[high], method),
        safest=names[low],
        riskiest=names[high],
        mean=_mean(values, prior),
    )


def _mean(values: np.ndarray, prior: Sequence[float] | None) -> Certified:
    if np.ptp(values) == 0:
        return Certified.exact(values[0], "all members agree")
    if prior is None:
        return Certified.unknown("the members differ and no prior was given")
    _, weights = _distribution(values, prior, "prior")
    value, method = float(weights @ values), "prior mean; the interval is the whole set"
    return Certified(value, "estimate", method, float(values.min()), float(values.max()), 1.0)
