"""What a maximum-likelihood fit holds: estimates, how sure they are, and what cannot be told."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import jax.numpy as jnp
import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.results import Result
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import Parameter
from comity.inference.numerics import x64

STATUSES: dict[str, str] = {
    "identified": "one point explains the choices best, and the likelihood falls off around it",
    "at the edge": "a parameter lies at the end of its interval; the others are estimated there",
    "not identified": "other values of the parameters make every choice as likely",
    "separable": "the likelihood has no maximum; a parameter grows without bound",
    "at a corner": "the likelihood has a corner at its maximum, where no standard error holds",
    "ruled out": "some observed choice has probability 0 whatever the parameters",
    "no data": "there is no decision",
    "not converged": "the search ended before it found a maximum",
}
"""How a fit may end, and what that means."""


@dataclass(frozen=True)
class Search:
    """How a maximum was found.

    Attributes
    ----------
    starts : from how many points the search set out.
    reached : how many of them ended within 1e-4 of the best log-likelihood.
    others : log-likelihoods of other local optima, best first.
    iterations : steps taken from the start that ended best.
    gradient : largest slope left at the end, per unit of the parameters on the whole line.
    """

    starts: int
    reached: int
    others: tuple[float, ...]
    iterations: int
    gradient: float


@dataclass(frozen=True, eq=False)
class Fit(Result):
    """One set of parameters for all, by maximum likelihood.

    Attributes
    ----------
    explanation : what was fitted.
    status : one of `STATUSES`.
    estimates : by name; ``nan`` where it is not identified, infinite or the end of its interval
        where it runs off.
    standard_errors : by name, robust to any dependence within a cluster (a person unless asked
        otherwise); ``nan`` where there is none.
    model_errors : by name, from the curvature alone: right only if decisions are independent
        given the explanation.
    covariance : shape (k, k), of the estimates, clustered, in the order of
        ``explanation.parameters``; ``nan`` in rows without standard error.
    log_likelihood : of all choices; the supremum found where there is no maximum.
    log_likelihoods : shape (N,), of the choice in each row.
    decisions, people, clusters : how many of each stand behind the figures.
    flat : directions in which the likelihood does not change, in words.
    search : how the maximum was found.
    notes : what a reader should know; ``warnings`` what should worry one.
    point : by name, where the search ended: always finite, to predict with.
    free, free_covariance : shapes (k,) and (k, k), the same end and its clustered covariance on
        the whole line (see `Parameter`); covariance is ``nan`` as above.
    scale : typical size of payoffs by which the whole line is measured.
    """

    explanation: Explanation = field(repr=False)
    status: str
    estimates: dict[str, float]
    standard_errors: dict[str, float]
    model_errors: dict[str, float]
    covariance: np.ndarray = field(repr=False)
    log_likelihood: float
    log_likelihoods: np.ndarray = field(repr=False)
    decisions: int
    people: int
    clusters: int
    flat: tuple[str, ...]
    search: Search
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    point: dict[str, float] = field(repr=False)
    free: np.ndarray = field(repr=False)
    free_covariance: np.ndarray = field(repr=False)
    scale: float = field(repr=False)

    @property
    def name(self) -> str:
        """The explanation's name."""
        return self.explanation.name

    @property
    def identified(self) -> bool:
        """Whether every parameter that is left open is identified."""
        return self.status == "identified"

    @property
    def converged(self) -> bool:
        """Whether the search ended at a maximum."""
        return self.status in ("identified", "at the edge", "not identified", "at a corner")

    @property
    def aic(self) -> float:
        """Akaike's criterion, ``2 k - 2 log L``."""
        return 2 * len(self.estimates) - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, ``k log N - 2 log L``, with N the number of decisions."""
        count = len(self.estimates)
        return count * math.log(max(self.decisions, 1)) - 2 * self.log_likelihood

    def estimate(self, name: str, level: float = 0.95) -> Certified:
        """Return one parameter with its interval, or why it has none.

        The interval is symmetric on the whole line, so that it stays inside the parameter's
        bounds, and uses Student's t with one degree of freedom less than there are clusters.
        """
        check_choice(name, self.estimates, "no such parameter", "name")
        index = list(self.estimates).index(name)
        return certify(
            self.explanation.parameters[index],
            self.estimates[name],
            float(self.free[index]),
            float(self.free_covariance[index, index]),
            self.scale,
            level=level,
            clusters=self.clusters,
            method=f"maximum likelihood, clustered over {self.clusters}",
            otherwise=self._why_unknown(name),
        )

    @property
    def certified(self) -> dict[str, Certified]:
        """All parameters with their 95% intervals, or why they have none."""
        return {name: self.estimate(name) for name in self.estimates}

    def member(self, name: str = "") -> Member:
        """Return the explanation at the point where the search ended."""
        return Member(self.explanation, self.point, name)

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K)."""
        return self.member().predict(evidence)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data of every field, the explanation by its name."""
        criteria = {"aic": self.aic, "bic": self.bic}
        return {"explanation": self.name, **super().to_dict(), **criteria}

    def _why_unknown(self, name: str) -> str:
        value = self.estimates[name]
        if self.status == "at the edge" and not math.isnan(value):
            return f"at the edge: {name} at {value:g}, the end of its interval"
        words = "; ".join(self.flat) or STATUSES.get(self.status, "")
        return f"{self.status}: {words}" if words else self.status


def certify(
    parameter: Parameter,
    value: float,
    free: float,
    variance: float,
    scale: float,
    *,
    level: float,
    method: str,
    otherwise: str,
    clusters: int | None = None,
) -> Certified:
    """Return a parameter with its interval, or why it has none.

    Parameters
    ----------
    value, free : the estimate, and where it lies on the whole line.
    variance : of the latter; anything but a number that is 0 or more leaves the parameter unknown.
    clusters : how many stand behind it: Student's t with one degree of freedom less gives the
        interval; the normal distribution where there are none.
    """
    if not variance >= 0:
        return Certified.unknown(otherwise)
    from scipy import stats

    tail = 0.5 + level / 2
    reach = stats.norm.ppf(tail) if clusters is None else stats.t.ppf(tail, max(clusters - 1, 1))
    edges = free + float(reach) * math.sqrt(variance) * np.array([-1.0, 1.0])
    with x64():
        low, high = (float(end) for end in parameter.constrain(jnp.asarray(edges), scale))
    return Certified.estimate(value, low, high, method, level)
