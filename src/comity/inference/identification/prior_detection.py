"""Where the posterior is the prior: what the data at hand never moved.

A posterior says two different things that look alike: what the data taught, and what was believed
before. Ratios that the likelihood leaves as they were belong to the prior alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import InputError, Result
from comity.inference.identification.divergence import Divergences
from comity.inference.identification.tables import named, partition

UNMOVED = 1e-6
"""Log Bayes factors up to this size count as none."""

SAME = 1e-15
"""Divergences up to this size are rounding."""


@dataclass(frozen=True, eq=False)
class PriorDetection(Result):
    """How far data moved beliefs over the members of a set.

    Attributes
    ----------
    names, people : of the m members; of the n people (or ``all`` for one likelihood).
    prior : shape (m,).
    posterior : shape (n, m).
    moved : shape (n,), divergence of prior from posterior in nats: what the data taught.
    log_bayes_factor : shape (n,), the largest between two members that the prior allows; infinite
        where the data rule one out.
    prior_decides : shape (n,), whether no log Bayes factor exceeds the tolerance, so that the
        prior alone decides.
    never_moved : groups of members whose odds nobody's data moved.
    tolerance : for log Bayes factors.
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    prior: np.ndarray
    posterior: np.ndarray
    moved: np.ndarray
    log_bayes_factor: np.ndarray
    prior_decides: np.ndarray
    never_moved: tuple[tuple[str, ...], ...]
    tolerance: float

    def __str__(self) -> str:
        n, still = len(self.people), int(self.prior_decides.sum())
        lines = [
            f"  the prior alone decides for {still} of {n}",
            f"  the data taught {self.moved.min():.3g} to {self.moved.max():.3g} nats",
        ]
        lines += [f"  odds never moved: {', '.join(group)}" for group in self.never_moved]
        return "\n".join(["PriorDetection", *lines])


def detect_prior(
    log_likelihood: Any,
    prior: Sequence[float] | None = None,
    names: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    tolerance: float = UNMOVED,
) -> PriorDetection:
    """Return how far each person's data moved the prior, and which odds they never moved.

    Parameters
    ----------
    log_likelihood : shape (members,) for the whole, or (people, members); minus infinity where a
        member rules out what was seen.
    prior : shape (members,), even unless stated.
    names, people : of the members and of the people.
    tolerance : log Bayes factors up to this size count as none.

    Raises `InputError` where every member the prior allows rules out what a person did.

    Examples
    --------
    >>> found = detect_prior([-7.0, -7.0, -9.0], [0.8, 0.1, 0.1], ["fair", "feigned", "selfish"])
    >>> found.never_moved, bool(found.prior_decides[0])
    ((('fair', 'feigned'),), False)
    """
    given = np.array(log_likelihood, dtype=float)
    shaped = given[None, :] if given.ndim == 1 else given
    if shaped.ndim != 2 or 0 in shaped.shape or np.isnan(shaped).any() or np.any(shaped == np.inf):
        raise InputError(
            "not log-likelihoods",
            place="log_likelihood",
            found=f"shape {given.shape}",
            expected="numbers of shape (members,) or (people, members)",
        )
    n, m = shaped.shape
    who = ("all",) if given.ndim == 1 and people is None else named(people, n, "person")
    members, weights = named(names, m, "member"), _prior(prior, m)
    allowed = weights > 0
    posterior, log_ratio = _updated(shaped, weights, who)
    with np.errstate(invalid="ignore"):
        moved = np.where(posterior > 0, posterior * log_ratio, 0.0).sum(axis=1)
    seen = shaped[:, allowed]
    factor = seen.max(axis=1) - seen.min(axis=1)
    return PriorDetection(
        names=members,
        people=who,
        prior=weights,
        posterior=posterior,
        moved=np.maximum(moved, 0.0),
        log_bayes_factor=factor,
        prior_decides=factor <= tolerance,
        never_moved=_never_moved(shaped, members, tolerance),
        tolerance=tolerance,
    )


def _prior(prior: Sequence[float] | None, m: int) -> np.ndarray:
    weights = np.full(m, 1 / m) if prior is None else np.asarray(prior, dtype=float)
    if weights.shape != (m,) or not np.all(weights >= 0) or abs(weights.sum() - 1) > 1e-9:
        raise InputError(
            "not a prior over the members",
            place="prior",
            found=weights.tolist(),
            expected=f"{m} probabilities that sum to 1",
        )
    return weights / weights.sum()


def _updated(
    log_likelihood: np.ndarray, prior: np.ndarray, people: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the posterior and the logarithm of its ratio to the prior, (people, members)."""
    seen = np.where(prior > 0, log_likelihood, -np.inf)
    top = seen.max(axis=1)
    if not np.all(np.isfinite(top)):
        person = people[int(np.flatnonzero(~np.isfinite(top))[0])]
        raise InputError(
            "every member that the prior allows rules out what was seen",
            place="log_likelihood",
            found=person,
            expected="some member with a likelihood above 0",
        )
    relative = seen - top[:, None]
    with np.errstate(divide="ignore"):
        log_ratio = relative - np.log((prior * np.exp(relative)).sum(axis=1))[:, None]
    return prior * np.exp(log_ratio), log_ratio


def _never_moved(
    log_likelihood: np.ndarray, names: Sequence[str], tolerance: float
) -> tuple[tuple[str, ...], ...]:
    def alike(member: np.ndarray) -> np.ndarray:
        same = log_likelihood == member[:, None]
        with np.errstate(invalid="ignore"):
            return np.all(same | (np.abs(log_likelihood - member[:, None]) <= tolerance), axis=0)

    groups = partition(np.array([alike(member) for member in log_likelihood.T]))
    return tuple(tuple(names[i] for i in group) for group in groups if len(group) > 1)


@dataclass(frozen=True)
class Faint(Result):
    """A pair that differs, but too little for the data at hand.

    Attributes
    ----------
    truth, other : names of the members.
    nats : log-likelihood ratio that all passes together are expected to yield.
    passes_needed : after which the expected log-ratio would reach the log odds.
    """

    truth: str
    other: str
    nats: float
    passes_needed: float


def faint_pairs(found: Divergences, passes: float, odds: float = 20.0) -> tuple[Faint, ...]:
    """Return the pairs that a design separates in principle, but not in so many passes.

    Those whose expected log-likelihood ratio ``passes x KL`` is above 0 and stays below the log
    odds, the faintest first.

    Examples
    --------
    >>> from comity.inference.identification.divergence import divergences
    >>> coins = divergences([[[0.5, 0.5]], [[0.52, 0.48]]], ["fair", "bent"])
    >>> [round(pair.nats, 2) for pair in faint_pairs(coins, 1250)]
    [1.0, 1.0]
    """
    if not (math.isfinite(passes) and passes > 0):
        raise InputError("out of range", place="passes", found=passes, expected="above 0")
    needed = found.passes(odds)
    faint = np.argwhere((found.total > SAME) & (needed > passes))
    pairs = [
        Faint(found.names[i], found.names[j], passes * float(found.total[i, j]), needed[i, j])
        for i, j in faint
    ]
    return tuple(sorted(pairs, key=lambda pair: pair.nats))
