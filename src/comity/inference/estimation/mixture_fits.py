"""What a fit of several types holds: shares, parameters, and who seems to be of which type."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.results import Result
from comity.inference.estimation.fits import Search, certify
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import Parameter


@dataclass(frozen=True, eq=False)
class MixtureFit(Result):
    """Types of people, how many there are of each, and who seems to be of which.

    Attributes
    ----------
    explanations : T of them, one a type.
    types : their names. Types with one explanation are numbered, the most frequent first.
    status : one of `comity.inference.estimation.fits.STATUSES`, of the whole.
    shares, share_errors : by type; errors clustered by person.
    estimates, standard_errors : by type and parameter, as in `Fit`.
    posteriors : shape (P, T), how likely each person is of each type; the shares for people
        without decisions.
    people : names of the P people.
    log_likelihood : of all choices; ``log_likelihoods``, shape (P,), of each person's.
    decisions, clusters : how many decisions and people stand behind the figures.
    entropy : of the posteriors, summed over people, in nats: 0 where everybody is told.
    normalised_entropy : entropy beside the log-likelihood gained over one type (Celeux and
        Soromenho 1996); ``nan`` unless all types have one explanation.
    shared : parameters that all types share.
    flat : directions in which the likelihood does not change, in words.
    search : how the maximum was found; its starts are those followed to the end.
    notes, warnings : as in `Fit`.
    points : by type and parameter, where the search ended: always finite, to predict with.
    free, free_covariance : the same and its clustered covariance on the whole line, log-odds of
        types against the first included; the order is that of ``coordinates``.
    coordinates : what the K + T - 1 coordinates stand for.
    scale : typical size of payoffs by which the whole line is measured.
    """

    explanations: tuple[Explanation, ...] = field(repr=False)
    types: tuple[str, ...]
    status: str
    shares: dict[str, float]
    share_errors: dict[str, float]
    estimates: dict[str, dict[str, float]]
    standard_errors: dict[str, dict[str, float]]
    posteriors: np.ndarray = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    log_likelihood: float
    log_likelihoods: np.ndarray = field(repr=False)
    decisions: int
    clusters: int
    entropy: float
    normalised_entropy: float
    shared: tuple[str, ...]
    flat: tuple[str, ...]
    search: Search
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    points: dict[str, dict[str, float]] = field(repr=False)
    free: np.ndarray = field(repr=False)
    free_covariance: np.ndarray = field(repr=False)
    coordinates: tuple[Parameter, ...] = field(repr=False)
    scale: float = field(repr=False)

    @property
    def identified(self) -> bool:
        """Whether every parameter and every share is identified."""
        return self.status == "identified"

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * len(self.free) - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion with the number of decisions, as that of `Fit`."""
        return len(self.free) * math.log(max(self.decisions, 1)) - 2 * self.log_likelihood

    @property
    def icl(self) -> float:
        """The integrated complete likelihood's criterion: Schwarz's plus twice the entropy.

        After Biernacki, Celeux and Govaert (2000); smaller is better.
        """
        return self.bic + 2 * self.entropy

    def members(self) -> tuple[Member, ...]:
        """Return the types as members, where the search ended."""
        return tuple(
            Member(explanation, self.points[name], name)
            for explanation, name in zip(self.explanations, self.types, strict=True)
        )

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K).

        People who were fitted are predicted by their posteriors, others by the shares.
        """
        known = dict(zip(self.people, self.posteriors, strict=True))
        prior = np.array([self.shares[name] for name in self.types])
        weights = np.array([known.get(name, prior) for name in evidence.people])
        tables = np.stack([member.predict(evidence) for member in self.members()], axis=-1)
        return np.einsum("nkt,nt->nk", tables, weights[evidence.person])

    def people_log_likelihoods(self, evidence: Evidence) -> np.ndarray:
        """Return the log-probability of every person's choices, shape (P,), for any people.

        Each is of a type it is not known of, with the shares for chances.
        """
        rows = np.arange(len(evidence))
        with np.errstate(divide="ignore"):
            chosen = [np.log(m.predict(evidence)[rows, evidence.choice]) for m in self.members()]
            shares = np.log([self.shares[name] for name in self.types])
        size = len(evidence.people)
        people = [np.bincount(evidence.person, log_p, minlength=size) for log_p in chosen]
        return np.asarray(np.logaddexp.reduce(shares[:, None] + np.array(people), axis=0))

    def share(self, name: str, level: float = 0.95) -> Certified:
        """Return the share of one type with its interval, symmetric in log-odds."""
        check_choice(name, self.shares, "no such type", "name")
        value, error = self.shares[name], self.share_errors[name]
        slope = value * (1 - value)
        return certify(
            Parameter("share", "share", 0.0, 1.0, typical=(0.1, 0.9)),
            value,
            math.log(value / (1 - value)) if 0 < value < 1 else math.nan,
            (error / slope) ** 2 if slope > 0 else math.nan,
            1.0,
            level=level,
            clusters=self.clusters,
            method="mixture by maximum likelihood, clustered by person",
            otherwise=f"{self.status}: {'; '.join(self.flat) or 'a share at the edge'}",
        )
