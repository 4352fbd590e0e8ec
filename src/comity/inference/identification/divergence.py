"""How fast observations tell members of a set apart: divergences per decision and per design.

The Kullback-Leibler divergence of q from p is the log-likelihood ratio that one observation from p
gains on average (Kullback and Leibler 1951). It is infinite where p allows what q rules out: then
a single observation can settle it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import InputError, Result
from comity.inference.identification.tables import checked_tables, named


@dataclass(frozen=True, eq=False)
class Divergences(Result):
    """Divergences between all members of a set, in nats.

    Attributes
    ----------
    names : of the m members.
    decisions : names of the d decisions of the design.
    per_decision : shape (m, m, d): ``[i, j, k]`` is the divergence of j from i at decision k, the
        truth first, for one pass of the design.
    total : shape (m, m), per pass of the whole design.
    closest : the truth, the other and their divergence, where the total is least between two
        different members.
    """

    names: tuple[str, ...]
    decisions: tuple[str, ...]
    per_decision: np.ndarray
    total: np.ndarray
    closest: tuple[str, str, float]

    def separating(self, truth: str, other: str) -> str | None:
        """Return the decision with the largest divergence, or ``None`` where none separates."""
        row = self.per_decision[self._index(truth), self._index(other)]
        return self.decisions[int(np.argmax(row))] if row.max() > 0 else None

    def passes(self, odds: float = 20.0) -> np.ndarray:
        """Return after how many passes the expected log-ratio reaches the log odds, shape (m, m).

        0 where the divergence is infinite, infinite where it is 0 (the diagonal too).
        """
        if not odds > 1:
            raise InputError("out of range", place="odds", found=odds, expected="above 1")
        with np.errstate(divide="ignore"):
            return math.log(odds) / self.total

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise InputError("no such member", found=name, expected=", ".join(self.names))
        return self.names.index(name)

    def __str__(self) -> str:
        truth, other, least = self.closest
        where = self.separating(truth, other)
        best = "no decision separates them" if where is None else f"best told apart by {where}"
        return (
            f"Divergences of {len(self.names)} members over {len(self.decisions)} decisions\n"
            f"  closest: {other} from {truth}, {least:.4g} nats a pass; {best}"
        )


def divergences(
    tables: Any,
    names: Sequence[str] | None = None,
    decisions: Sequence[str] | None = None,
    times: Sequence[float] | None = None,
) -> Divergences:
    """Return the divergence of every member from every other, per decision and in total.

    Parameters
    ----------
    tables : shape (m, d, options), choice probabilities; at least two members.
    names, decisions : of the members and of the decisions.
    times : shape (d,), how often each decision is asked in one pass; once unless stated.

    O(m^2 d options).

    Examples
    --------
    >>> found = divergences([[[0.5, 0.5]], [[0.5, 0.5]], [[1.0, 0.0]]])
    >>> found.total[0], found.total[2]
    (array([ 0.,  0., inf]), array([0.69314718, 0.69314718, 0.        ]))
    """
    p = checked_tables(tables)
    count, d, _ = p.shape
    if count < 2:
        raise InputError("nothing to tell apart", place="tables", found=count, expected="2 or more")
    members, asked = named(names, count, "member"), named(decisions, d, "decision")
    often = np.ones(d) if times is None else np.asarray(times, dtype=float)
    if often.shape != (d,) or not np.all(np.isfinite(often)) or often.min() < 0:
        raise InputError(
            "not a count per decision", place="times", found=str(times)[:80], expected=f"{d} counts"
        )
    rows = [[_weighed(kl(first, second), often) for second in p] for first in p]
    per_decision = np.array(rows)
    total = per_decision.sum(axis=2)
    apart = np.where(np.eye(count, dtype=bool), np.inf, total)
    i, j = map(int, np.unravel_index(np.argmin(apart), apart.shape))
    closest = (members[i], members[j], float(total[i, j]))
    if i == j:
        closest = (members[0], members[1], math.inf)
    return Divergences(members, asked, per_decision, total, closest)


def _weighed(values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return values times counts, 0 where nothing is asked even if the value is infinite."""
    return np.where(times > 0, np.where(times > 0, values, 0.0) * times, 0.0)


def kl(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Return the divergence of q from p along the last axis, infinite where p reaches beyond q.

    Examples
    --------
    >>> round(float(kl(np.array([0.5, 0.5]), np.array([0.7, 0.3]))), 6)
    0.087177
    """
    # Each term p log(p/q) + q - p is at least 0, and keeps its digits where p and q nearly agree.
    with np.errstate(divide="ignore"):
        change = np.where(p > 0, (q - p) / np.where(p > 0, p, 1.0), 0.0)
        terms = np.where(p > 0, p * (change - np.log1p(change)), q)
    return terms.sum(axis=-1)


def chernoff_information(truth: Any, other: Any) -> float:
    """Return the rate at which the smallest sum of both errors falls, in nats per pass.

    Parameters
    ----------
    truth, other : shape (options,) or (decisions, options), asked once each in a pass.

    ``-min over s in [0, 1] of the sum over decisions of log sum p^s q^(1-s)``: convex in s, found
    by bounded minimisation to 1e-10. Infinite where the two exclude each other. Source: Chernoff
    (1952), A measure of asymptotic efficiency for tests of a hypothesis.

    Examples
    --------
    >>> round(chernoff_information([0.5, 0.5], [0.7, 0.3]), 6)
    0.021324
    """
    from scipy.optimize import minimize_scalar

    p, q = (checked_tables(np.atleast_2d(np.asarray(x, float))[None])[0] for x in (truth, other))
    if p.shape != q.shape:
        raise InputError("shapes differ", place="other", found=q.shape, expected=p.shape)
    both = (p > 0) & (q > 0)
    if not both.any(axis=1).all():
        return math.inf
    log_p = np.log(np.where(both, p, 1.0))
    log_q = np.log(np.where(both, q, 1.0))

    def log_sum(s: float) -> float:
        mixed = np.where(both, np.exp(s * log_p + (1 - s) * log_q), 0.0)
        return float(np.log(mixed.sum(axis=1)).sum())

    inside = minimize_scalar(log_sum, bounds=(0, 1), method="bounded", options={"xatol": 1e-10})
    return max(0.0, -min(float(inside.fun), log_sum(0.0), log_sum(1.0))) + 0.0
