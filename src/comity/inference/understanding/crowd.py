"""Who follows what: people as a mixture of the explanations that the evidence can tell apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from comity.core import Certified
from comity.inference.estimation.individuals import IndividualFits, fit_individuals
from comity.inference.estimation.likelihood import looks_back, natural
from comity.inference.estimation.mixture_fits import MixtureFit
from comity.inference.estimation.mixtures import fit_mixture
from comity.inference.estimation.scoring import log_chosen
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import unconstrain_all
from comity.inference.identification.imitation import imitate
from comity.inference.identification.likelihood_region import likelihood_region, overstatement
from comity.inference.results import People
from comity.inference.understanding.rivals import Rivals, some_people
from comity.inference.understanding.standings import Tried

FEWEST = 4
"""Decisions a person must have on average to be fitted alone."""
EMPTY = 0.5
"""A type to which fewer people than this are expected to belong is taken out of the mixture."""
LARGE = 20_000
"""Options of all situations together, or of all decisions and types that depend on what came
before, from which on the mixture is searched from fewer starts."""
LEAST_SHARE = 0.01
"""Explanations of fewer people than this are not carried into the new setting."""

NO_INTERVAL = (
    "Shares stand without an interval: a parameter of some type runs off or is not identified."
)


@dataclass(frozen=True, eq=False)
class Crowd:
    """People as a mixture of explanations, one for each class that the design can tell apart.

    Attributes
    ----------
    mixture : the fit, of the types that anybody seems to follow.
    groups : names of the explanations that coincide, by type; the first was fitted.
    evidence, level, seed : what it rests on.
    people : who is best explained by what.
    members, weights : what is carried into a new setting, and its shares. Explanations that
        coincide share what their class has evenly, since no evidence weighs them.
    types : for every member the type of the mixture that it stands for.
    assumptions : a sentence each.
    """

    mixture: MixtureFit
    groups: tuple[tuple[str, ...], ...]
    evidence: Evidence = field(repr=False)
    level: float
    seed: int
    people: People
    members: tuple[Member, ...]
    weights: np.ndarray
    types: tuple[int, ...]
    assumptions: tuple[str, ...]

    def regions(self) -> list[np.ndarray]:
        """Return what the evidence leaves open of each member's parameters, shapes (D, k).

        People count by their posterior of following the member's type, which is taken as known.
        Dependence within people widens the region; see `overstatement`.
        """
        found = []
        for member, kind in zip(self.members, self.types, strict=True):
            explanation = member.explanation
            scale = self.mixture.scale
            free = unconstrain_all(explanation.parameters, member.parameters, scale)
            people = self.mixture.posteriors[:, kind]
            points = likelihood_region(
                explanation,
                self.evidence,
                free,
                level=self.level,
                people=people,
                spread=overstatement(explanation, self.evidence, free, people),
                rng=self.seed,
            )
            named = natural(explanation, points, scale)
            columns = [named[p.name] for p in explanation.parameters]
            found.append(np.stack(columns, axis=1) if columns else np.zeros((1, 0)))
        return found

    def predictor(self, seed: int) -> Callable[[Evidence, Evidence], np.ndarray]:
        """Return the prediction of held-out decisions by each person's posterior of types."""
        types = self.mixture.explanations

        def predict(known: Evidence, whole: Evidence) -> np.ndarray:
            found = fit_mixture(types, known, starts=starts_for(whole, types), rng=seed)
            return found.predict(whole)

        return predict

    @cached_property
    def alone(self) -> IndividualFits | None:
        """Everyone fitted alone by the most followed explanation with two parameters or more."""
        shares = self.mixture.shares.values()
        ranked = sorted(zip(shares, self.mixture.explanations, strict=True), key=lambda x: -x[0])
        shown = [e for _, e in ranked if len(e.parameters) > 1]
        if not shown or len(self.evidence) < FEWEST * len(np.unique(self.evidence.person)):
            return None
        return fit_individuals(shown[0], self.evidence, rng=self.seed)

    def scatter(self, people: People | None) -> dict[str, Any]:
        """Return two parameters of every person fitted alone, and the type it is assigned to."""
        alone = self.alone
        if alone is None or people is None:
            return {}
        kind = people.posteriors.argmax(axis=1)
        kind = np.where(people.posteriors.max(axis=1) >= people.level, kind, -1)
        return {
            "names": alone.names[:2],
            "values": alone.estimates[:, :2],
            "type": kind,
            "explanations": people.explanations,
            "explanation": alone.explanation.name,
        }


def crowd_of(
    tried: Sequence[Tried], rivals: Rivals, evidence: Evidence, level: float, seed: int
) -> Crowd:
    """Return people as a mixture of what the design can tell apart.

    Of explanations that coincide the first stands for all in the fit, and its share is that of
    the class.
    """
    by_name = {t.name: t.fit.explanation for t in tried}
    mixture, groups = _followed(rivals.classes, by_name, evidence, seed)
    members, types = _carried(mixture, groups, rivals, by_name, evidence, seed)
    shares = np.array([mixture.shares[mixture.types[t]] for t in types])
    sizes = np.bincount(types, minlength=len(mixture.types))
    weights = shares / sizes[types]
    return Crowd(
        mixture,
        groups,
        evidence,
        level,
        seed,
        _people(mixture, groups, rivals, evidence, level),
        members,
        weights / weights.sum(),
        tuple(types),
        _assumptions(mixture, groups, types),
    )


def starts_for(evidence: Evidence, types: Sequence[Explanation]) -> int:
    """Return from how many points a mixture is searched: fewer where every look costs much."""
    options = max(len(s.options) for s in evidence.situations)
    back = sum(looks_back(explanation) for explanation in types)
    cells = options * max(len(evidence.situations), back * len(evidence))
    return 16 if cells < LARGE else 4


def _followed(
    classes: Sequence[tuple[str, ...]],
    by_name: dict[str, Explanation],
    evidence: Evidence,
    seed: int,
) -> tuple[MixtureFit, tuple[tuple[str, ...], ...]]:
    """Return the mixture of the classes that anybody seems to follow."""
    groups = list(classes)
    while True:
        types = [by_name[group[0]] for group in groups]
        mixture = fit_mixture(types, evidence, starts=starts_for(evidence, types), rng=seed)
        expected = mixture.posteriors.sum(axis=0)
        kept = [g for g, many in zip(groups, expected, strict=True) if many >= EMPTY]
        if len(kept) == len(groups) or not kept:
            return mixture, tuple(groups)
        groups = kept


def _carried(
    mixture: MixtureFit,
    groups: Sequence[tuple[str, ...]],
    rivals: Rivals,
    by_name: dict[str, Explanation],
    evidence: Evidence,
    seed: int,
) -> tuple[tuple[Member, ...], list[int]]:
    """Return what stands in a new setting: every type with people, and all that coincide with it.

    What coincides with a type takes the parameters at which it imitates the type of the mixture.
    """
    members, types = [], []
    design = some_people(evidence, np.random.default_rng(seed))
    shares = list(mixture.shares.values())
    for t, (leader, group) in enumerate(zip(mixture.members(), groups, strict=True)):
        if shares[t] < min(LEAST_SHARE, max(shares)):
            continue
        first = Member(leader.explanation, leader.parameters, group[0])
        members.append(first)
        types.append(t)
        for name in group[1:]:
            known = [dict(rivals.stand_in(group[0], name).parameters)]
            found = imitate(first, by_name[name], design, known=known, rng=seed)
            members.append(Member(found.rival.explanation, found.rival.parameters, name))
            types.append(t)
    return tuple(members), types


def _people(
    mixture: MixtureFit,
    groups: Sequence[tuple[str, ...]],
    rivals: Rivals,
    evidence: Evidence,
    level: float,
) -> People:
    """Return who follows what, of the people who decided anything.

    Explanations that were taken out of the mixture stay possible for everyone, at the parameters
    that fit all people best. Half a person is added to each explanation, so that the posterior of
    none is 0 only because few seem to follow it.
    """
    classes, people = rivals.classes, np.unique(evidence.person)
    names = tuple(" or ".join(group) for group in classes)
    kept = {group: t for t, group in enumerate(groups)}
    leaders, fitted = mixture.members(), {member.name: member for member in rivals.members}
    asked = [leaders[kept[g]] if g in kept else fitted[g[0]] for g in classes]
    counts = np.array(
        [mixture.posteriors[people, kept[g]].sum() if g in kept else 0.0 for g in classes]
    )
    shares = (counts + 0.5) / (len(people) + 0.5 * len(classes))
    joint = np.stack([_by_person(member, evidence) for member in asked], axis=1)[people]
    joint = joint + np.log(shares)
    with np.errstate(invalid="ignore"):
        posteriors = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
    best, sure = posteriors.argmax(axis=1), posteriors.max(axis=1) >= level
    return People(
        explanations=names,
        shares={
            n: _share(mixture, kept.get(g), level) for n, g in zip(names, classes, strict=True)
        },
        posteriors=posteriors,
        names=tuple(evidence.people[p] for p in people),
        told={name: int((sure & (best == t)).sum()) for t, name in enumerate(names)},
        cannot_tell=int((~sure).sum()),
        level=level,
        prior="Shares and parameters of a finite mixture by maximum likelihood, with half a person "
        "added to each explanation; a person's posterior takes both as known.",
    )


def _by_person(member: Member, evidence: Evidence) -> np.ndarray:
    """Return the log-likelihood of everyone's decisions, shape (people,)."""
    rows = log_chosen(member.predict(evidence), evidence)
    return np.bincount(evidence.person, rows, minlength=len(evidence.people))


def _share(mixture: MixtureFit, kind: int | None, level: float) -> Certified:
    """Return a share with its interval, or alone where the fit cannot say how sure it is."""
    if kind is None:
        return Certified(0.0, "estimate", "nobody seems to follow it: taken out of the mixture")
    found = mixture.share(mixture.types[kind], level)
    if found.kind == "unknown" and len(mixture.types) == 1:
        return Certified(1.0, "estimate", "the only explanation that anybody seems to follow")
    # Parameters that run off or are loose take the interval from a share, not the share itself.
    shares_loose = any("share_" in flat for flat in mixture.flat)
    if found.kind == "unknown" and not shares_loose and mixture.status != "not converged":
        return Certified(mixture.shares[mixture.types[kind]], "estimate", NO_INTERVAL)
    return found


def _assumptions(
    mixture: MixtureFit, groups: Sequence[tuple[str, ...]], types: Sequence[int]
) -> tuple[str, ...]:
    found = [_share(mixture, t, 0.9) for t in range(len(mixture.types))]
    words = [
        *([NO_INTERVAL] if any(share.method == NO_INTERVAL for share in found) else []),
        "Posteriors and shares are among the explanations that were weighed; another may be true.",
        *(f"Mixture: {warning}" for warning in mixture.warnings),
    ]
    alike = [" and ".join(group) for group in groups if len(group) > 1]
    if alike:
        words.append(
            f"The share of {'; of '.join(alike)} is split evenly among them, for want of any "
            "evidence: the prior alone decides there."
        )
    left = len(mixture.types) - len(set(types))
    if left:
        words.append(
            f"Explanations of fewer than {LEAST_SHARE:.0%} of people ({left}) are not carried into "
            "the new setting."
        )
    return tuple(words)
