"""Which explanations could stand in for which, over the design of the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import natural
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import typical_size
from comity.inference.explanations.member import Member, choice_tables
from comity.inference.explanations.parameters import unconstrain_all
from comity.inference.identification.imitation import Imitation, imitate
from comity.inference.identification.tables import partition
from comity.inference.results import Rivalry

PROBES, NEAR, FAR = 2, 0.5, 6.0
"""How many points around its fit an explanation is imitated at to see whether it has a double,
how far away they are on the whole line, and how far out such points are taken from: a parameter
beyond has run off, and moving it there would change nothing."""
MOST_DECISIONS = 4000
"""Decisions of the design that imitation looks at; of larger tables people are drawn."""
Count = Callable[[int, int], None]


@dataclass(frozen=True)
class Rivals:
    """All imitations of all explanations by each other.

    Attributes
    ----------
    members : the explanations at their fitted parameters.
    found : by names of truth and rival.
    classes : names of explanations that coincide on the design, each one in one class: each can
        imitate the other, at its fit and at points around it. An explanation that only contains
        another, as when its extra parameter is 0, is in a class of its own.
    """

    members: tuple[Member, ...]
    found: Mapping[tuple[str, str], Imitation]
    classes: tuple[tuple[str, ...], ...]

    def stand_in(self, truth: str, rival: str) -> Member:
        """Return a rival at the parameters at which it comes nearest to a truth."""
        return self.found[truth, rival].rival

    def class_of(self, name: str) -> tuple[str, ...]:
        """Return the class of an explanation."""
        return next(group for group in self.classes if name in group)


def rivals_among(
    members: Sequence[Member], evidence: Evidence, rng: Rng = 0, tell: Count | None = None
) -> Rivals:
    """Return how near every explanation comes to every other on the design of the evidence."""
    design = some_people(evidence, as_generator(rng))
    known = {member.name: [dict(member.parameters)] for member in members}
    found: dict[tuple[str, str], Imitation] = {}
    pairs = [(a, b) for b in members for a in members if a is not b]
    for k, (truth, rival) in enumerate(pairs):
        if tell is not None:
            tell(k, len(pairs))
        found[truth.name, rival.name] = imitate(
            truth, rival.explanation, design, known=known[rival.name], rng=rng
        )
    return Rivals(tuple(members), found, _classes(members, found, design))


def _classes(
    members: Sequence[Member], found: Mapping[tuple[str, str], Imitation], design: Evidence
) -> tuple[tuple[str, ...], ...]:
    names = [m.name for m in members]
    alike = np.eye(len(names), dtype=bool)
    for i, a in enumerate(names):
        for j, b in enumerate(names[:i]):
            there, back = found[a, b], found[b, a]
            alike[i, j] = alike[j, i] = (
                there.coincide
                and back.coincide
                and _followed_around(there, design)
                and _followed_around(back, design)
            )
    return tuple(tuple(names[i] for i in group) for group in partition(alike))


def _followed_around(found: Imitation, design: Evidence) -> bool:
    """Return whether a rival also imitates the truth at points around its fit."""
    explanation, rival = found.truth.explanation, found.rival
    scale, generator = typical_size(design.situations), np.random.default_rng(0)
    fitted = unconstrain_all(explanation.parameters, found.truth.parameters, scale)
    for _ in range(PROBES if len(fitted) else 0):
        signs = generator.choice((-1.0, 1.0), size=len(fitted))
        point = natural(explanation, np.clip(fitted, -FAR, FAR) + NEAR * signs, scale)
        truth = Member(explanation, {name: float(value) for name, value in point.items()})
        known = [dict(rival.parameters)]
        if not imitate(truth, rival.explanation, design, known=known, rng=0).coincide:
            return False
    return True


def rivalries(
    rivals: Rivals, evidence: Evidence, situations: Sequence[Situation] = ()
) -> tuple[Rivalry, ...]:
    """Return every ordered pair, the hardest to tell apart first.

    ``situations`` are those of a new setting, in which pairs that coincide may still part.
    """
    rows = [_rivalry(names, found, evidence, situations) for names, found in rivals.found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.decisions_expected, row.truth, row.rival)))


def _rivalry(
    names: tuple[str, str],
    found: Imitation,
    evidence: Evidence,
    situations: Sequence[Situation],
) -> Rivalry:
    expected, errors = found.sizes()
    per_person = len(evidence) / max(1, len(np.unique(evidence.person)))
    parted = None
    if situations:
        tables = choice_tables([found.truth, found.rival], situations)
        parted = float(np.abs(tables[0] - tables[1]).max())
    return Rivalry(
        truth=names[0],
        rival=names[1],
        kl=found.per_decision * per_person,
        decisions_expected=expected,
        decisions_errors=errors,
        equivalent=found.coincide,
        where="" if found.coincide else titled(found.separating),
        parted=parted,
    )


def titled(situation: Situation) -> str:
    """Return the name of a situation, or what it is about."""
    return situation.name or described(situation)


def described(situation: Situation) -> str:
    """Return a situation without a name in words: its options and what they pay.

    Examples
    --------
    >>> described(Situation(("keep", "share"), [[10, 0], [5, 5]]))
    'keep (10, 0) or share (5, 5)'
    """
    if len(situation.options) > 4 or situation.shape[1] > 1:
        return f"{len(situation.options)} options from {situation.options[0]}"
    rows = zip(situation.options, situation.payoffs[:, 0], strict=True)
    return " or ".join(f"{o} ({', '.join(f'{x:g}' for x in paid)})" for o, paid in rows)


def some_people(evidence: Evidence, rng: np.random.Generator) -> Evidence:
    """Return the table, or the rows of people drawn from it where it is large."""
    if len(evidence) <= MOST_DECISIONS:
        return evidence
    people = rng.permutation(np.unique(evidence.person))
    counts = np.bincount(evidence.person, minlength=len(evidence.people))[people]
    kept = people[: max(1, int(np.searchsorted(np.cumsum(counts), MOST_DECISIONS)))]
    return evidence.subset(np.isin(evidence.person, kept))
