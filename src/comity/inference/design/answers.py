"""What people could answer to a question, how likely, and what one would believe then."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from comity.core import Certified, InputError, check_cells
from comity.core.randomness import Rng, as_generator
from comity.inference.identification.tables import checked_tables

MOST_LISTED = 2_000_000
"""Most cells (answers times hypotheses) that are listed; beyond it answers are simulated."""
SIMULATED = 4_000
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Answers:
    """What may be answered to a question, by how often each option is chosen.

    Attributes
    ----------
    counts : shape (Y, K), how many choose each option.
    chance : shape (Y,), how likely each answer is before it is known; even where the answers are
        simulated.
    log_likelihood : shape (H, Y), of each answer by each hypothesis.
    posterior : shape (H, Y), beliefs after each answer.
    prior : shape (H,).
    listed : whether these are all answers there are; else they are draws.
    """

    counts: np.ndarray
    chance: np.ndarray
    log_likelihood: np.ndarray
    posterior: np.ndarray
    prior: np.ndarray
    listed: bool

    @property
    def words(self) -> str:
        """How a figure over these answers came about."""
        count = f"{len(self.chance):,}"
        return f"sum over {count} answers" if self.listed else f"{count} simulated answers"

    def mean(self, values: np.ndarray) -> Certified:
        """Return the mean of what each answer is worth: exact, or with its interval.

        Parameters
        ----------
        values : shape (Y,).
        """
        middle = float(self.chance @ values)
        if self.listed:
            return Certified.exact(middle, self.words)
        half = 1.96 * float(np.std(values, ddof=1)) / math.sqrt(len(values))
        return Certified.estimate(middle, middle - half, middle + half, self.words, LEVEL)


def answers_to(
    table: Any,
    prior: Sequence[float] | np.ndarray | None = None,
    people: int = 1,
    rng: Rng = None,
) -> Answers:
    """Return the answers of so many people to one question.

    Parameters
    ----------
    table : shape (H, K), how likely each option is by each hypothesis.
    prior : shape (H,); even unless given.
    people : how many answer, each on their own. One hypothesis holds for all of them.
    rng : for answers that are too many to list.

    Options chosen by as many stand for one answer whatever their order: the counts are all that
    bears on the hypotheses. Lists C(people + K - 1, K - 1) answers, or draws `SIMULATED`.

    Examples
    --------
    >>> found = answers_to([[1.0, 0.0], [0.5, 0.5]], people=2)
    >>> found.counts.tolist(), found.chance.round(6).tolist()
    ([[0, 2], [1, 1], [2, 0]], [0.125, 0.25, 0.625])
    """
    p = checked_tables(np.asarray(table, float)[:, None, :], "table")[:, 0]
    beliefs = checked_prior(prior, len(p))
    if people < 1 or int(people) != people:
        raise InputError(
            "not a number of people", place="people", found=people, expected="1, 2, .."
        )
    options = p.shape[1]
    listed = math.comb(people + options - 1, options - 1) * max(len(p), options) <= MOST_LISTED
    counts = all_counts(people, options) if listed else _drawn_counts(p, beliefs, people, rng)
    log_p = _log_likelihood(p, counts)
    with np.errstate(divide="ignore"):
        joint = log_p + np.log(beliefs)[:, None]
    top = joint.max(axis=0)
    possible = np.isfinite(top)
    counts, log_p, joint, top = (
        counts[possible],
        log_p[:, possible],
        joint[:, possible],
        top[possible],
    )
    weights = np.exp(joint - top)
    total = weights.sum(axis=0)
    chance = np.exp(top) * total if listed else np.full(len(counts), 1 / len(counts))
    return Answers(counts, chance, log_p, weights / total, beliefs, listed)


def hypotheses(
    tables: Sequence[Any] | np.ndarray, prior: Sequence[float] | np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all draws of all members: their tables (H, K), their prior and their member (H,).

    The draws of a member share its prior evenly.
    """
    parts = [np.atleast_2d(np.asarray(table, float)) for table in tables]
    if not parts or any(part.ndim != 2 or part.size == 0 for part in parts):
        raise InputError(
            "not a table per member",
            place="tables",
            found=[part.shape for part in parts],
            expected="shapes (options,) or (draws, options)",
        )
    if len({part.shape[1] for part in parts}) > 1:
        raise InputError(
            "members differ in their options",
            place="tables",
            found=[part.shape[1] for part in parts],
            expected="one number of options",
        )
    sizes = np.array([len(part) for part in parts])
    shares = checked_prior(prior, len(parts))
    member = np.repeat(np.arange(len(parts)), sizes)
    return np.concatenate(parts), (shares / sizes)[member], member


def summed(member: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the sums over the draws of each member, shape (M, Y)."""
    found = np.zeros((int(member.max()) + 1, values.shape[1]))
    np.add.at(found, member, values)
    return found


def checked_prior(prior: Sequence[float] | np.ndarray | None, count: int) -> np.ndarray:
    """Return beliefs over hypotheses that sum to 1, even unless given, or raise `InputError`."""
    beliefs = np.full(count, 1 / count) if prior is None else np.asarray(prior, float)
    if beliefs.shape != (count,) or not (beliefs >= 0).all() or abs(beliefs.sum() - 1) > 1e-6:
        raise InputError(
            "not a prior over the hypotheses",
            place="prior",
            found=beliefs,
            expected=f"{count} probabilities that sum to 1",
        )
    return beliefs / beliefs.sum()


def all_counts(people: int, options: int, limit: int = MOST_LISTED) -> np.ndarray:
    """Return every way in which so many choices fall on the options, shape (Y, K).

    Refuses more than ``limit`` of them.
    """
    check_cells(math.comb(people + options - 1, options - 1), "answers", limit)
    places = list(combinations(range(people + options - 1), options - 1))
    bars = np.array(places, int).reshape(len(places), options - 1)
    edges = np.column_stack(
        [np.full(len(bars), -1), bars, np.full(len(bars), people + options - 1)]
    )
    return np.diff(edges, axis=1) - 1


def log_ways(counts: np.ndarray) -> np.ndarray:
    """Return the logarithm of how many orders of answers give each row of counts, shape (Y,)."""
    from scipy.special import gammaln

    return gammaln(counts.sum(axis=1) + 1) - gammaln(counts + 1).sum(axis=1)


def _drawn_counts(p: np.ndarray, prior: np.ndarray, people: int, rng: Rng) -> np.ndarray:
    generator = as_generator(rng)
    truth = generator.choice(len(p), size=SIMULATED, p=prior)
    return generator.multinomial(people, p[truth])


def _log_likelihood(p: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the multinomial log-likelihood of counts by hypothesis, shape (H, Y)."""
    ruled_out = (p == 0).astype(float) @ counts.T > 0
    log_p = np.log(np.where(p > 0, p, 1.0)) @ counts.T
    return np.where(ruled_out, -np.inf, log_ways(counts) + log_p)
