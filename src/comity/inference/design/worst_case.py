"""The least regret that can be guaranteed whichever hypothesis is true, once answers are heard.

Source: Wald (1950), Statistical decision functions; the regret of Savage (1951).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, Result, SolverError
from comity.inference.design.answers import answers_to, hypotheses, summed
from comity.inference.design.value import checked_payoffs

MOST_VARIABLES = 20_000


@dataclass(frozen=True, eq=False)
class WorstCase(Result):
    """The least worst-case regret before and after the answers to a question.

    Attributes
    ----------
    before, after : the worst expected regret over the members of the best rule, without asking
        and with the answers.
    hardest : shape (M,), beliefs against which nothing guarantees less; they prove ``after``.
    rule : shape (A, Y), the chances with which to act after each answer.
    counts : shape (Y, K), the answers.
    """

    before: Certified
    after: Certified
    hardest: np.ndarray
    rule: np.ndarray
    counts: np.ndarray

    def __str__(self) -> str:
        return f"Worst-case regret\n  before asking: {self.before}\n  after: {self.after}"


def worst_case_regret(
    tables: Sequence[Any] | np.ndarray,
    payoffs: Any,
    people: int = 1,
    actions: Sequence[str] | None = None,
) -> WorstCase:
    """Return the least worst-case regret that a rule guarantees, before and after the answers.

    Parameters
    ----------
    tables : for each member the probabilities of the question's options, shape (K,), or by each
        draw of its parameters, shape (D, K), over which a member's answers are averaged.
    payoffs : shape (A, M), what each action yields the decider by each member.
    people : how many answer, each on their own; one member and draw holds for all of them.
    actions : names, for messages.

    A rule may mix. Solved as a linear program, certified by its dual: the regret that the hardest
    prior leaves to every rule. Where the answers are too many for it ``after`` is unknown.

    Examples
    --------
    >>> committed, builder, threshold = 0, 1, 0.3
    >>> payoffs = [[0.0, 1.0], [1 - threshold, 1 - threshold]]
    >>> round(worst_case_regret([[0.5, 0.5], [0.5, 0.5]], payoffs).after.value, 6)
    0.21
    """
    table, shares, member = hypotheses(tables)
    members = np.arange(len(tables))
    worth, _ = checked_payoffs(payoffs, members, actions)
    regret = worth.max(axis=0) - worth
    before = _solved(regret, np.ones((len(members), 1)))[0]
    if not _fits(table, people, len(worth)):
        reason = "too many answers to list"
        blank = np.zeros((0, 0))
        return WorstCase(before, Certified.unknown(reason), np.zeros(0), blank, blank)
    answers = answers_to(table, None, people)
    by_draw = np.exp(answers.log_likelihood) * shares[:, None] * len(members)
    likelihood, kind = _merged(summed(member, by_draw))
    after, hardest, rule = _solved(regret, likelihood)
    return WorstCase(before, after, hardest, rule[:, kind], answers.counts)


def _fits(table: Any, people: int, actions: int) -> bool:
    options = np.asarray(table).shape[1]
    return math.comb(people + options - 1, options - 1) * actions <= MOST_VARIABLES


def _merged(likelihood: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the likelihood of each kind of answer, and the kind of each answer, shape (Y,).

    Answers that say the same of all hypotheses are one kind: a rule that told them apart would
    only draw lots with them.
    """
    relative = np.round(likelihood / likelihood.sum(axis=0), 12)
    _, kind = np.unique(relative, axis=1, return_inverse=True)
    kind = kind.reshape(-1)
    merged = np.zeros((len(likelihood), int(kind.max()) + 1))
    np.add.at(merged.T, kind, likelihood.T)
    return merged, kind


def _solved(regret: np.ndarray, likelihood: np.ndarray) -> tuple[Certified, np.ndarray, np.ndarray]:
    """Return the least worst regret, the hardest prior and the rule, shape (A, Y).

    Parameters
    ----------
    regret : shape (A, H).
    likelihood : shape (H, Y).
    """
    from scipy.optimize import linprog

    (actions, count), y = regret.shape, likelihood.shape[1]
    risks = (regret[:, None, :] * likelihood.T[None]).reshape(actions * y, count).T
    scale = max(float(regret.max()), 1e-300)
    found = linprog(
        np.append(np.zeros(actions * y), 1.0),
        A_ub=np.column_stack([risks / scale, -np.ones(count)]),
        b_ub=np.zeros(count),
        A_eq=np.column_stack([np.tile(np.eye(y), (1, actions)), np.zeros(y)]),
        b_eq=np.ones(y),
        # The regret is free: a bound on it would take the weight off the hardest prior.
        bounds=[(0, None)] * (actions * y) + [(None, None)],
        method="highs",
    )
    if found.status != 0:
        raise SolverError(
            "the linear program of the worst case was not solved", found=found.message
        )
    rule = found.x[:-1].reshape(actions, y)
    rule = rule / rule.sum(axis=0)
    hardest = np.maximum(-found.ineqlin.marginals, 0.0)
    hardest = hardest / hardest.sum()
    reached = float((risks @ rule.ravel()).max())
    # Whatever the rule, the hardest prior leaves the best reply to every answer.
    bound = float(np.einsum("ah,hy,h->ay", regret, likelihood, hardest).min(axis=0).sum())
    if reached - bound > 1e-7 * scale:
        raise SolverError(
            "the dual of the worst case does not prove it", found=bound, expected=reached
        )
    return Certified.exact(reached, f"linear program, dual bound {bound:.6g}"), hardest, rule
