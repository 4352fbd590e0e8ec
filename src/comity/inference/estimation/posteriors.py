"""Which explanation each person follows, how sure that is, and where nothing could tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.inference.estimation.evidence_of_people import WEIGHINGS, Weighed
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.identification.tables import partition

COINCIDE = 1e-6
"""Predictions nearer than this count as the same."""
NOBODY = "cannot tell"


@dataclass(frozen=True, eq=False)
class PersonPosteriors(Result):
    """How likely each person follows each explanation.

    Attributes
    ----------
    explanations : M names.
    people : P names.
    posteriors : shape (P, M); rows sum to 1. Those of people without decisions are the prior.
    log_evidence : shape (P, M), log-probability of each person's choices by each explanation,
        parameters integrated out, estimated or known as ``method`` says.
    prior : by explanation, before the choices.
    method : how ``log_evidence`` was obtained, in a sentence.
    verdicts : one a person: an explanation whose posterior reaches the level; several joined by
        ``or`` that coincide in all that the person was asked and reach it together; else
        ``cannot tell``.
    counts : how many people got each verdict.
    level : the posterior from which on a verdict falls.
    """

    explanations: tuple[str, ...]
    people: tuple[str, ...] = field(repr=False)
    posteriors: np.ndarray
    log_evidence: np.ndarray = field(repr=False)
    prior: dict[str, float]
    method: str
    verdicts: tuple[str, ...] = field(repr=False)
    counts: dict[str, int]
    level: float

    def of(self, person: str) -> dict[str, float]:
        """Return one person's posterior by explanation."""
        check_choice(person, self.people, "no such person", "person")
        row = self.posteriors[self.people.index(person)]
        return dict(zip(self.explanations, row.tolist(), strict=True))


def posteriors(
    candidates: Sequence[Explanation | Member],
    evidence: Evidence,
    *,
    prior: Mapping[str, float] | None = None,
    method: str = "integrated",
    level: float = 0.9,
    draws: int = 256,
    rng: Rng = 0,
) -> PersonPosteriors:
    """Return how likely each person follows each of some explanations.

    Parameters
    ----------
    candidates : explanations, whose open parameters differ from person to person, or members,
        whose parameters are known.
    prior : by name, any weights above 0; even unless given. With the shares of a `MixtureFit` and
        its members these are its posteriors, for other people too.
    method : what becomes of open parameters: ``integrated``, averaged by weighted draws under a
        normal prior on the whole line for which the middle half of all people lies in the typical
        interval; ``laplace``, the same by the curvature at the mode; ``bic``, estimated for each
        person and charged ``k / 2 log n`` (Schwarz 1978), which needs no prior but many decisions.
    level : posterior from which on a verdict falls.
    draws : of ``integrated``, for each person.

    Explanations that coincide wherever a person decided keep the odds of the prior; with open
    parameters those they get from the prior on parameters, and no choice. They are never told
    apart: the verdict names them together.
    """
    names = tuple(c.name for c in candidates)
    _check(names, evidence, level)
    check_choice(method, sorted({*WEIGHINGS} - {"plug-in"}), "no such method", "method")
    weights = _prior(names, prior)
    generator = as_generator(rng)
    weighed = [_weigh(c, evidence, method, draws, generator) for c in candidates]
    log_evidence = np.stack([w.log_evidence for w in weighed], axis=1)
    found = _bayes(log_evidence, np.array([weights[name] for name in names]))
    alike = _coincide([w.predicted for w in weighed], evidence)
    verdicts = tuple(
        _verdict(names, row, pairs, level) for row, pairs in zip(found, alike, strict=True)
    )
    return PersonPosteriors(
        explanations=names,
        people=evidence.people,
        posteriors=found,
        log_evidence=log_evidence,
        prior=weights,
        method=_words(candidates, method),
        verdicts=verdicts,
        counts=dict(Counter(verdicts).most_common()),
        level=level,
    )


def _weigh(
    candidate: Explanation | Member,
    evidence: Evidence,
    method: str,
    draws: int,
    rng: np.random.Generator,
) -> Weighed:
    if isinstance(candidate, Member):
        return WEIGHINGS["plug-in"](candidate, evidence, draws, rng)
    if not candidate.parameters:
        return WEIGHINGS["plug-in"](Member(candidate), evidence, draws, rng)
    return WEIGHINGS[method](Member(candidate), evidence, draws, rng)


def _check(names: Sequence[str], evidence: Evidence, level: float) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if not names or twice or not len(evidence):
        raise InputError(
            "nothing to weigh" if not twice else "two explanations have one name",
            place="candidates",
            found=", ".join(twice) or f"{len(names)} explanations, {len(evidence)} decisions",
            expected="names of their own" if twice else "one or more of both",
        )
    if not 0.5 <= level < 1:
        raise InputError("out of range", place="level", found=level, expected="in [0.5, 1)")


def _prior(names: Sequence[str], given: Mapping[str, float] | None) -> dict[str, float]:
    weights = dict.fromkeys(names, 1.0) if given is None else {n: given.get(n, 0.0) for n in names}
    values = np.array([*weights.values()], float)
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise InputError(
            "not a prior over the explanations",
            place="prior",
            found=dict(given or {}),
            expected="a weight above 0 for " + ", ".join(names),
        )
    return dict(zip(names, (values / values.sum()).tolist(), strict=True))


def _bayes(log_evidence: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Return posteriors (P, M); the prior for people whom every explanation rules out."""
    joint = log_evidence + np.log(prior)
    top = joint.max(axis=1, keepdims=True)
    possible = np.isfinite(top)
    shifted = np.exp(np.where(possible, joint - np.where(possible, top, 0.0), np.log(prior)))
    return shifted / shifted.sum(axis=1, keepdims=True)


def _coincide(tables: Sequence[np.ndarray], evidence: Evidence) -> np.ndarray:
    """Return which explanations predict the same wherever a person decided, shape (P, M, M)."""
    count = len(tables)
    alike = np.ones((len(evidence.people), count, count), bool)
    for i in range(count):
        for j in range(i):
            apart = np.abs(tables[i] - tables[j]).max(axis=1) > COINCIDE
            differ = np.bincount(evidence.person, apart, minlength=len(evidence.people)) > 0
            alike[:, i, j] = alike[:, j, i] = ~differ
    return alike


def _verdict(names: Sequence[str], row: np.ndarray, alike: np.ndarray, level: float) -> str:
    groups = partition(alike)
    best = max(groups, key=lambda group: row[group].sum())
    if row[best].sum() < level or len(best) == len(names) > 1:
        return NOBODY
    return " or ".join(names[i] for i in best)


def _words(candidates: Sequence[Explanation | Member], method: str) -> str:
    open_ones = any(isinstance(c, Explanation) and c.parameters for c in candidates)
    return METHODS[method if open_ones else "plug-in"]


METHODS: dict[str, str] = {
    "plug-in": "parameters taken as known",
    "integrated": (
        "parameters of each person integrated out by weighted draws, under a normal prior that "
        "puts the middle half of all people in the typical intervals"
    ),
    "laplace": (
        "parameters of each person integrated out by Laplace's method, under a normal prior that "
        "puts the middle half of all people in the typical intervals"
    ),
    "bic": "parameters estimated for each person, each charged half the log of its decisions",
}
"""How log-evidence is obtained, in words."""
