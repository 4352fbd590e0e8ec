"""Which explanations data leave standing: universal inference by split likelihood ratios.

People are split in two halves. A reference is fitted to one half, any reference whatever; on the
other half each explanation is given its best parameters. An explanation falls where the reference
is more than ``1 / (1 - level)`` times as likely there. Whatever the sample size, and however
irregular the explanation, one that is true falls with chance at most ``1 - level`` (Wasserman,
Ramdas and Balakrishnan 2020, theorem 3). Both halves take both parts and the ratios are averaged,
which keeps the bound (their section 4). A set may be empty: none of these.

The reference is an even mixture of several: for every explanation its fit, of the halves of
people the frequencies by situation, and, where given, a mixture of types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core import Result
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import prepare, rows_at, tally
from comity.inference.estimation.maximum_likelihood import search
from comity.inference.estimation.units import unit_of
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts
from comity.inference.identification.mixed_people import MixedPeople

STARTS = 8
Reference = Callable[[Evidence, np.ndarray], np.ndarray]
"""From all decisions, and shape (P,) which people it may look at, to the log-likelihood of every
person's decisions by what was learnt from those: shape (P,)."""


@dataclass(frozen=True)
class Survivor(Result):
    """One explanation before the set.

    Attributes
    ----------
    name : of the explanation.
    stands : whether it is in the set.
    log_evidence : logarithm of the averaged ratio against it; it falls where this exceeds
        ``-log(1 - level)``. Its exponential is an e-value.
    shortfall : by how much its best log-likelihood on a half falls short of the reference's, on
        average over the halves.
    """

    name: str
    stands: bool
    log_evidence: float
    shortfall: float


@dataclass(frozen=True)
class ConfidenceSet(Result):
    """The explanations that data leave standing, at a level.

    Attributes
    ----------
    level : a true explanation stands with at least this chance.
    method : how the set was made.
    survivors : one for each explanation, in the order given.
    people : how many stand behind it, in both halves.
    """

    level: float
    method: str
    survivors: tuple[Survivor, ...]
    people: int = field(default=0)

    @property
    def standing(self) -> tuple[str, ...]:
        """Names of the explanations in the set."""
        return tuple(s.name for s in self.survivors if s.stands)

    @property
    def empty(self) -> bool:
        """Whether none of the explanations stands."""
        return not self.standing

    def survivor(self, name: str) -> Survivor:
        """Return what became of one explanation."""
        for found in self.survivors:
            if found.name == name:
                return found
        known = ", ".join(s.name for s in self.survivors)
        raise InputError("no such explanation", place="name", found=name, expected=known)

    def __str__(self) -> str:
        words = ", ".join(self.standing) or "none of these"
        return f"Confidence set at {self.level:.0%}: {words}\n  {self.method}"


def confidence_set(
    candidates: Sequence[Explanation | MixedPeople],
    evidence: Evidence,
    level: float = 0.9,
    *,
    references: Sequence[Reference] = (),
    known: Mapping[str, np.ndarray] | None = None,
    by: str = "person",
    rng: Rng = 0,
) -> ConfidenceSet:
    """Return which explanations, each with parameters of its own for all, the choices leave.

    Parameters
    ----------
    candidates : with whatever parameters they leave open; explanations of everybody, or people of
        several types.
    references : more that compete with the candidates; the stronger they are, the smaller the set.
        Any are allowed that look only at the people they may look at.
    known : by name where on the whole line the search for an explanation's best may set out from
        too, such as the fit to everybody. References never do: what a half leaves open they would
        take from the other, and the level would not hold.
    by : what is split, ``person`` or ``study``. Decisions of different ones must be independent
        of each other; those of people who met in a session are not.
    rng : splits the people.

    Raises `InputError` with fewer than two to split. Each candidate is searched four times.
    """
    unit = unit_of(evidence, by)
    units, people = np.unique(unit[unit >= 0]), np.unique(evidence.person)
    if len(units) < 2 or not candidates:
        raise InputError(
            "nothing to split",
            place="evidence",
            found=f"{len(units)} by {by}, {len(candidates)} explanations",
            expected="two of them and one explanation, or more",
        )
    if not 0.5 <= level < 1:
        raise InputError("out of range", place="level", found=level, expected="in [0.5, 1)")
    generator = as_generator(rng)
    first = np.isin(unit, generator.permutation(units)[: len(units) // 2])
    halves = [first, (unit >= 0) & ~first]
    ratios = np.array(
        [
            _ratios(candidates, evidence, learning, judging, references, known or {})
            for learning, judging in (halves, halves[::-1])
        ]
    )
    averaged = np.logaddexp(ratios[0], ratios[1]) - np.log(2)
    cut = -np.log(1 - level)
    survivors = tuple(
        Survivor(c.name, bool(value < cut), float(value), float(mean))
        for c, value, mean in zip(candidates, averaged, ratios.mean(axis=0), strict=True)
    )
    count = len(references) + len(candidates) + 1
    halved = "two halves of whole studies" if by == "study" else "two halves"
    method = (
        f"universal inference: split likelihood ratios over {len(people):,} people in {halved}, "
        f"averaged both ways, against an even mixture of {count} references"
    )
    return ConfidenceSet(level, method, survivors, len(people))


def _ratios(
    candidates: Sequence[Explanation | MixedPeople],
    evidence: Evidence,
    learning: np.ndarray,
    judging: np.ndarray,
    references: Sequence[Reference],
    known: Mapping[str, np.ndarray],
) -> np.ndarray:
    """Return for each candidate the log-ratio of the reference to its best on the judging half."""
    learnt = [r(evidence, learning)[judging].sum() for r in (frequencies, *references)]
    best = []
    for candidate in candidates:
        if isinstance(candidate, MixedPeople):
            by_person, top = candidate.both(evidence, learning, judging)
        else:
            start = known.get(candidate.name)
            by_person, top = _both(candidate, evidence, learning, judging, start)
        learnt.append(by_person)
        best.append(top)
    reference = np.logaddexp.reduce(np.array(learnt)) - np.log(len(learnt))
    # Where an explanation rules out what was chosen its best is minus infinity, and it falls.
    return np.array([np.inf if np.isneginf(top) else reference - top for top in best])


def _both(
    candidate: Explanation,
    evidence: Evidence,
    learning: np.ndarray,
    judging: np.ndarray,
    start: np.ndarray | None,
) -> tuple[float, float]:
    """Return the judging half's log-likelihood by the learning half's fit, and by its own best."""
    batch, _, scale = prepare(candidate, evidence)
    drawn = draw_starts(candidate.parameters, STARTS, np.random.default_rng(0))
    better = drawn.copy()
    if start is not None:
        better[-1] = start
    found = []
    for half, points in ((learning, drawn), (judging, better)):
        ends = search(candidate, points, tally(candidate, batch, scale, half.astype(float)))
        best = int(np.argmax(np.where(np.isfinite(ends.value), ends.value, -np.inf)))
        by_person = rows_at(candidate, ends.point[best], batch, scale).sum(axis=1)
        found.append(float(by_person[judging].sum()))
    # The search for the best may miss it; the other half's fit is one more candidate for it.
    return found[0], max(found)


def frequencies(evidence: Evidence, learning: np.ndarray) -> np.ndarray:
    """Return the log-likelihood of every person by the choice shares of some, shape (P,)."""
    shares = shares_by_situation(evidence.subset(learning[evidence.person]))
    rows = np.log(shares[evidence.situation, evidence.choice])
    return np.bincount(evidence.person, rows, minlength=len(evidence.people))


def shares_by_situation(evidence: Evidence) -> np.ndarray:
    """Return the shares of the choices in every situation, shape (G, K).

    Half a choice is added to each option (Krichevsky and Trofimov 1981), so that what was never
    done stays possible.
    """
    sizes = np.array([len(s.options) for s in evidence.situations])
    real = np.arange(sizes.max()) < sizes[:, None]
    shares = np.where(real, evidence.choice_counts() + 0.5, 0.0)
    return shares / shares.sum(axis=1, keepdims=True)
