"""How many people to ask: two labelled numbers for every two members, and who drops out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from comity.core import Certified, InputError, Result
from comity.core.randomness import Rng, as_generator
from comity.core.shares import wilson
from comity.inference.design.answers import checked_prior
from comity.inference.design.menu import Question, named_situation
from comity.inference.explanations.member import Member
from comity.inference.identification.equivalence import observationally_equivalent
from comity.inference.identification.sample_sizes import SampleSizes, sample_sizes
from comity.inference.shift.predictions import predict_members

MOST_SHOWN = 12
SIMULATED = 4_000
SURE = 0.95


@dataclass(frozen=True, eq=False)
class Sizing(Result):
    """How many people must answer, and how many to invite, to tell members apart.

    Attributes
    ----------
    questions, members : names; every person answers each question once.
    pairs : for every truth and every other member both sample sizes.
    alike : groups of members that no number of people tells apart with these questions.
    on_average : people after whom the *expected* log-likelihood ratio reaches the odds, for the
        hardest truth and other that can be told apart at all.
    for_both_errors : people with whom a test keeps both errors, for the hardest pair.
    hardest : truth and other of the hardest pair, by each of the two measures.
    attrition : share of those invited whose answers are lost.
    invite_on_average, invite_for_both_errors : how many to invite so that as many as that remain
        with chance `SURE`.
    """

    questions: tuple[str, ...]
    members: tuple[str, ...]
    pairs: tuple[SampleSizes, ...]
    alike: tuple[tuple[str, ...], ...]
    on_average: Certified
    for_both_errors: Certified
    hardest: tuple[tuple[str, str], tuple[str, str]]
    attrition: float
    invite_on_average: Certified
    invite_for_both_errors: Certified

    def pair(self, truth: str, other: str) -> SampleSizes:
        """Return the sizes for one truth and one other member."""
        for found in self.pairs:
            if found.names == (truth, other):
                return found
        raise InputError(
            "no such pair", found=f"{truth}, {other}", expected=", ".join(self.members)
        )

    def __str__(self) -> str:
        lines = [f"How many people to ask: {', '.join(self.questions)}"]
        lines += [
            f"  no number tells apart: {', '.join(group)}" for group in self.alike[:MOST_SHOWN]
        ]
        labels = (
            ("enough on average", self.on_average, self.invite_on_average),
            ("enough for both errors", self.for_both_errors, self.invite_for_both_errors),
        )
        for (label, size, invite), (truth, other) in zip(labels, self.hardest, strict=True):
            invited = f", so invite {_told(invite)}" if self.attrition else ""
            lines.append(f"  {label}: {_told(size)}{invited} (hardest: {truth} from {other})")
        return "\n".join(lines)


def size_questions(
    questions: Sequence[Question],
    members: Sequence[Member],
    *,
    odds: float = 20.0,
    errors: float | tuple[float, float] = 0.05,
    attrition: float = 0.0,
    rng: Rng = 0,
) -> Sizing:
    """Return how many people to ask these questions to tell the members apart.

    Parameters
    ----------
    questions : each put once to every person.
    members : at least two; one of them holds for all people.
    odds, errors : see `sample_sizes`. ``odds`` are of the likelihoods: times the prior odds they
        are the posterior odds.
    attrition : share of those invited whose answers are lost, in [0, 1).
    rng : for distributions too large to list.

    The two numbers answer two questions and differ by a factor of about two: see `sample_sizes`.
    """
    if len(members) < 2:
        raise InputError(
            "nothing to tell apart", place="members", found=len(members), expected="2 or more"
        )
    if not 0 <= attrition < 1:
        raise InputError("out of range", place="attrition", found=attrition, expected="[0, 1)")
    found = predict_members(members, [named_situation(question) for question in questions])
    names, generator = found.members, as_generator(rng)
    classes = observationally_equivalent(
        found.probabilities, names, decisions=found.situations
    ).classes
    # Members that coincide share one table: rounding tells nobody apart.
    first = {name: names.index(group[0]) for group in classes for name in group}
    tables = [found.probabilities[first[name]] for name in names]
    pairs = tuple(
        sample_sizes(
            tables[i],
            tables[j],
            odds=odds,
            errors=errors,
            names=(names[i], names[j]),
            rng=generator,
        )
        for i, j in permutations(range(len(names)), 2)
    )
    average, by_average = _hardest([(pair, pair.expected) for pair in pairs])
    both, by_errors = _hardest([(pair, _for_errors(pair)) for pair in pairs])
    return Sizing(
        found.situations,
        names,
        pairs,
        tuple(group for group in classes if len(group) > 1),
        average,
        both,
        (by_average, by_errors),
        attrition,
        _invited(average, attrition),
        _invited(both, attrition),
    )


def chances_of_posterior(
    questions: Sequence[Question],
    members: Sequence[Member],
    people: int,
    share: float = 0.95,
    prior: Sequence[float] | np.ndarray | None = None,
    rng: Rng = None,
) -> dict[str, Certified]:
    """Return, by which member is true, how often its posterior reaches a share.

    Parameters
    ----------
    people : how many answer every question once.
    share : of the posterior over all members, not of two alone.
    prior : shape (M,); even unless given.
    rng : the chances are simulated, with Wilson's intervals.
    """
    if not 0 < share < 1:
        raise InputError("out of range", place="share", found=share, expected="(0, 1)")
    if people < 1:
        raise InputError("no people", place="people", found=people, expected="1 or more")
    found = predict_members(members, [named_situation(question) for question in questions])
    beliefs, generator = checked_prior(prior, len(members)), as_generator(rng)
    tables = found.probabilities
    with np.errstate(divide="ignore"):
        log_prior, log_tables = np.log(beliefs), np.log(tables)
    chances = {}
    for m, name in enumerate(found.members):
        scores = np.tile(log_prior, (SIMULATED, 1))
        for q in range(tables.shape[1]):
            counts = generator.multinomial(people, tables[m, q], size=SIMULATED)
            scores += _scores(counts, log_tables[:, q])
        own = np.exp(scores[:, m] - scores.max(axis=1))
        total = np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1)
        hits = int((own >= share * total - 1e-12).sum())
        low, high = map(float, wilson(hits / SIMULATED, SIMULATED))
        words = f"{SIMULATED:,} simulated experiments"
        chances[name] = Certified.estimate(hits / SIMULATED, low, high, words)
    return chances


def invitations(people: int, attrition: float, sure: float = SURE) -> int:
    """Return the fewest to invite so that as many as ``people`` remain with chance ``sure``.

    Each drops out alone with chance ``attrition``: the number that remain is binomial.

    Examples
    --------
    >>> invitations(100, 0.2), invitations(100, 0.0)
    (135, 100)
    """
    from scipy.stats import binom

    if attrition == 0:
        return people
    low, high = people - 1, max(people, 1)
    while binom.sf(people - 1, high, 1 - attrition) < sure:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = binom.sf(people - 1, middle, 1 - attrition) >= sure
        low, high = (low, middle) if enough else (middle, high)
    return high


def _scores(counts: np.ndarray, log_p: np.ndarray) -> np.ndarray:
    """Return the log-likelihood of every draw by every member, shape (draws, M)."""
    there = np.isfinite(log_p)
    ruled_out = counts @ (~there).T.astype(float) > 0
    return np.where(ruled_out, -np.inf, counts @ np.where(there, log_p, 0.0).T)


def _for_errors(pair: SampleSizes) -> Certified:
    """Return the size that keeps both errors: exact where it could be counted."""
    return pair.normal if pair.plain.kind == "unknown" else pair.plain


def _hardest(
    sizes: Sequence[tuple[SampleSizes, Certified]],
) -> tuple[Certified, tuple[str, str]]:
    """Return the largest finite size and whose it is; infinite where no pair can be told apart.

    Where the size of some pair is not known it could be larger: then it is a lower bound.
    """
    known = [entry for entry in sizes if entry[1].kind != "unknown"]
    if not known:
        return Certified.unknown("no size could be computed"), sizes[0][0].names
    finite = [entry for entry in known if math.isfinite(entry[1].value)] or known
    pair, size = max(finite, key=lambda entry: entry[1].value)
    missing = len(sizes) - len(known)
    if missing:
        size = Certified.lower(size.value, f"{size.method}; {missing} more could not be computed")
    return size, pair.names


def _invited(size: Certified, attrition: float) -> Certified:
    if size.kind == "unknown" or not math.isfinite(size.value):
        return size
    people = max(1, math.ceil(size.value - 1e-9))
    words = f"{people:,} remain with chance {SURE:.0%}" if attrition else size.method
    return Certified(invitations(people, attrition), size.kind, words)


def _told(size: Certified) -> str:
    if size.kind == "unknown":
        return str(size)
    if not math.isfinite(size.value):
        return "no number of people"
    least = "at least " if size.kind == "lower_bound" else ""
    return f"{least}{max(1, math.ceil(size.value - 1e-9)):,}"
