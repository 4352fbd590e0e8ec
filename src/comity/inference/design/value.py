"""What an answer is worth for the decision at hand: how much better one would do after it.

Preposterior analysis: Raiffa and Schlaifer (1961, Applied statistical decision theory, chapter 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, InputError, Result
from comity.core.randomness import Rng
from comity.games.validation import check_finite, check_names
from comity.inference.design.answers import Answers, answers_to, hypotheses

MOST_PLANNED = 12


@dataclass(frozen=True, eq=False)
class Value(Result):
    """What the answers to a question are worth, in units of payoff.

    Attributes
    ----------
    value : how much more one expects to get by asking first; never below 0.
    now : expected payoff of the best action without asking, and that action.
    best_now : the action that is best without asking.
    perfect : how much more one would expect to get if one knew the hypothesis: no question is
        worth more.
    people : how many answer.
    plan : the best action after each answer, with how often each option was chosen and how likely
        that is; empty where the answers are too many to list.
    """

    value: Certified
    now: float
    best_now: str
    perfect: float
    people: int
    plan: tuple[tuple[tuple[int, ...], float, str], ...]

    @property
    def changes_the_decision(self) -> bool:
        """Whether some answer would lead to another action than the best one now."""
        return any(action != self.best_now for _, _, action in self.plan)

    def __str__(self) -> str:
        lines = [
            f"Value of the answers of {self.people}: {self.value}",
            f"  without asking: {self.best_now}, for {self.now:.4g}",
            f"  of what perfect knowledge is worth: {self.perfect:.4g}",
        ]
        for counts, chance, action in self.plan[:MOST_PLANNED]:
            lines.append(f"  after {counts} (chance {chance:.3f}): {action}")
        return "\n".join(lines)


def value_of_information(
    tables: Sequence[Any] | np.ndarray,
    payoffs: Any,
    prior: Sequence[float] | np.ndarray | None = None,
    people: int = 1,
    actions: Sequence[str] | None = None,
    rng: Rng = None,
) -> Value:
    """Return how much more one expects to get by hearing so many answers before deciding.

    Parameters
    ----------
    tables : for each member the probabilities of the question's options, shape (K,), or by each
        draw of its parameters, shape (D, K).
    payoffs : shape (A, M), what each action yields the decider by each member, or (A, H) by every
        draw of every member in turn.
    prior : shape (M,); even unless given. The draws of a member share it evenly.
    people : how many answer, each on their own; one member and draw holds for all of them.
    actions : names.
    rng : for answers that are too many to list.

    Examples
    --------
    A proposer keeps all or offers a share; only the committed resist all, with chance 0.5 each.

    >>> payoffs = [[0.0, 1.0], [0.6, 0.6]]
    >>> found = value_of_information([[1, 0], [0, 1]], payoffs, actions=["all", "share"])
    >>> round(found.value.value, 6), found.best_now, round(found.perfect, 6)
    (0.2, 'share', 0.2)
    """
    table, beliefs, member = hypotheses(tables, prior)
    worth, names = checked_payoffs(payoffs, member, actions)
    answers = answers_to(table, beliefs, people, rng)
    expected = worth @ beliefs
    best = int(np.argmax(expected))
    now = float(expected[best])
    after = worth @ answers.posterior
    # What is gained is counted answer by answer, so that an idle question is worth exactly 0.
    gain = np.maximum(after.max(axis=0) - after[best], 0.0)
    size = 1e-12 * (1 + float(np.abs(worth).max()))
    gain = np.where(gain > size, gain, 0.0)
    return Value(
        answers.mean(gain),
        now,
        names[best],
        max(0.0, float(beliefs @ worth.max(axis=0)) - now),
        people,
        _plan(answers, after, gain, names, best),
    )


def checked_payoffs(
    payoffs: Any, member: np.ndarray, actions: Sequence[str] | None = None
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return payoffs by action and hypothesis, shape (A, H), and the names of the actions.

    Parameters
    ----------
    payoffs : shape (A, M) or (A, H).
    member : shape (H,), to which member each hypothesis belongs.
    """
    worth = np.asarray(payoffs, float)
    count, members = len(member), int(member.max()) + 1
    if worth.ndim != 2 or worth.shape[1] not in (count, members) or not len(worth):
        raise InputError(
            "payoffs do not fit the members",
            place="payoffs",
            found=worth.shape,
            expected=f"(actions, {members})" + f" or (actions, {count})" * (count > members),
        )
    check_finite(worth, "payoffs")
    names = tuple(actions or (f"action {a + 1}" for a in range(len(worth))))
    check_names(names, "actions")
    if len(names) != len(worth):
        raise InputError(
            "one name per action", place="actions", found=len(names), expected=len(worth)
        )
    return worth if worth.shape[1] == count else worth[:, member], names


def _plan(
    answers: Answers, after: np.ndarray, gain: np.ndarray, names: Sequence[str], best: int
) -> tuple[tuple[tuple[int, ...], float, str], ...]:
    """Return what to do after each answer; the best now where nothing is gained by leaving it."""
    if not answers.listed:
        return ()
    chosen = np.where(gain > 0, after.argmax(axis=0), best)
    return tuple(
        (tuple(map(int, counts)), float(chance), names[a])
        for counts, chance, a in zip(answers.counts, answers.chance, chosen, strict=True)
    )
