"""What to do when several hypotheses stand: by a prior, along priors, and without one.

Payoffs are linear in the prior, so that the best action along a line of priors changes at the
corners of an upper envelope of lines; there are finitely many and they are exact. Without a prior,
minimax regret (Savage 1951) and maximin (Wald 1950) are zero-sum games against nature, whose dual
strategy is the least favourable prior: no action does better against it than the value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from comity.core import Certified, InputError, Result, check_choice
from comity.games import NormalForm
from comity.games.validation import check_finite, check_names
from comity.solutions import security_level

Prior: TypeAlias = "str | Mapping[str, float] | Sequence[float] | np.ndarray"
Criterion = Literal["minimax regret", "maximin payoff"]

PROVEN = 1e-10


@dataclass(frozen=True, eq=False)
class BayesChoice(Result):
    """The best action by a prior.

    Attributes
    ----------
    action : the first of the best.
    tied : all of the best, to 1e-12 of the payoff range.
    payoff : expected under the prior.
    margin : by how much it beats the best action that is not tied; infinite where all are.
    prior : shape (hypotheses,).
    """

    action: str
    tied: tuple[str, ...]
    payoff: float
    margin: float
    prior: np.ndarray


@dataclass(frozen=True, eq=False)
class PriorPath(Result):
    """The best action as the prior moves in a straight line.

    Attributes
    ----------
    start, end : the priors at weight 0 and 1, shape (hypotheses,).
    breaks : weights at which the best action changes, increasing, strictly between 0 and 1.
    actions : the best one before, between and after them; one more than there are breaks.
    payoffs : expected payoff of the best at weight 0, at each break and at 1.
    violation : the most by which any action beats the one named, anywhere on the line.
    """

    start: np.ndarray
    end: np.ndarray
    breaks: np.ndarray
    actions: tuple[str, ...]
    payoffs: np.ndarray
    violation: Certified

    def action_at(self, weight: float) -> str:
        """Return the best action at a weight; on a break the one that comes after."""
        if not 0 <= weight <= 1:
            raise InputError("out of range", place="weight", found=weight, expected="0 to 1")
        return self.actions[int(np.searchsorted(self.breaks, weight, side="right"))]

    def __str__(self) -> str:
        ends = [0.0, *self.breaks.tolist(), 1.0]
        spans = zip(self.actions, ends, ends[1:], strict=False)
        lines = [f"  {action}: weight {low:.4g} to {high:.4g}" for action, low, high in spans]
        return "\n".join(["PriorPath", *lines])


@dataclass(frozen=True, eq=False)
class RobustChoice(Result):
    """The choice that is best in the worst case, with a prior that proves it.

    Attributes
    ----------
    criterion : ``minimax regret`` or ``maximin payoff``.
    actions : names, and ``chances``, shape (actions,): how to randomise among them.
    value : largest expected regret, or smallest expected payoff, over the hypotheses.
    prior : the least favourable, shape (hypotheses,): whoever acts against it by any action does
        no better than ``value``, up to ``gap``.
    gap : between what the chances reach and what the prior proves.
    pure : the best action without randomising, and ``pure_value`` in its worst case.
    """

    criterion: Criterion
    actions: tuple[str, ...]
    chances: np.ndarray
    value: Certified
    prior: np.ndarray
    gap: float
    pure: str
    pure_value: float


@dataclass(frozen=True, eq=False)
class Decision:
    """A choice among actions whose payoffs depend on which hypothesis is true.

    Attributes
    ----------
    payoffs : shape (actions, hypotheses).
    actions, hypotheses : names.

    Examples
    --------
    >>> act = Decision([[1, 0], [0.6, 0.6]], ("take all", "give 0.4"), ("builder", "committed"))
    >>> act.along("builder", "committed").breaks
    array([0.4])
    >>> act.robust("minimax regret").chances.round(6)
    array([0.4, 0.6])
    """

    payoffs: np.ndarray
    actions: tuple[str, ...]
    hypotheses: tuple[str, ...]

    def __post_init__(self) -> None:
        table = np.array(self.payoffs, dtype=float)
        for name in ("actions", "hypotheses"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
            check_names(getattr(self, name), name)
        shape = (len(self.actions), len(self.hypotheses))
        if table.shape != shape or 0 in shape:
            raise InputError(
                "shape does not fit", place="payoffs", found=table.shape, expected=shape
            )
        check_finite(table, "payoffs")
        table.flags.writeable = False
        object.__setattr__(self, "payoffs", table)

    @property
    def regrets(self) -> np.ndarray:
        """What each action loses against the best one under each hypothesis."""
        return self.payoffs.max(axis=0) - self.payoffs

    def prior(self, given: Prior) -> np.ndarray:
        """Return a prior as a vector: from a name (certain of it), chances by name, or a vector."""
        if isinstance(given, str):
            check_choice(given, self.hypotheses, "no such hypothesis", "prior")
            given = {given: 1.0}
        if isinstance(given, Mapping):
            for name in given:
                check_choice(name, self.hypotheses, "no such hypothesis", "prior")
            given = [float(given.get(name, 0.0)) for name in self.hypotheses]
        vector = np.asarray(given, dtype=float)
        right = vector.shape == (len(self.hypotheses),) and bool(np.all(vector >= 0))
        if not right or abs(vector.sum() - 1) > 1e-9:
            raise InputError(
                "not a prior over the hypotheses",
                place="prior",
                found=vector.tolist(),
                expected=f"{len(self.hypotheses)} chances that sum to 1",
            )
        return vector / vector.sum()

    def bayes(self, prior: Prior) -> BayesChoice:
        """Return the action of largest expected payoff."""
        weights = self.prior(prior)
        worth = self.payoffs @ weights
        best = self._best(worth)
        rest = np.delete(worth, best)
        margin = float(worth.max() - rest.max()) if rest.size else np.inf
        tied = tuple(self.actions[i] for i in best)
        return BayesChoice(tied[0], tied, float(worth.max()), margin, weights)

    def _best(self, worth: np.ndarray) -> list[int]:
        near = 1e-12 * (np.ptp(self.payoffs) or 1.0)
        return [int(i) for i in np.flatnonzero(worth >= worth.max() - near)]

    def along(self, start: Prior, end: Prior) -> PriorPath:
        """Return the best action for every prior on the line from one prior to another.

        O(actions x breaks). Exact up to rounding of the payoffs.
        """
        first, last = self.prior(start), self.prior(end)
        low, high = self.payoffs @ first, self.payoffs @ last
        breaks, chosen = _envelope(low, high)
        at = np.array([0.0, *breaks, 1.0])
        lines = low[:, None] + (high - low)[:, None] * at
        nodes = np.arange(len(at))
        after, before = lines[[*chosen, chosen[-1]], nodes], lines[[chosen[0], *chosen], nodes]
        # Both are linear between two breaks: what holds at these holds everywhere.
        violation = float((lines.max(axis=0) - np.minimum(after, before)).max())
        return PriorPath(
            start=first,
            end=last,
            breaks=np.array(breaks),
            actions=tuple(self.actions[i] for i in chosen),
            payoffs=after,
            violation=Certified.exact(violation, "compared at every break and both ends"),
        )

    def robust(self, criterion: Criterion = "minimax regret") -> RobustChoice:
        """Return the choice that is best in the worst case, randomised and pure.

        Two linear programs; the gap between them is computed from their answers.
        """
        check_choice(criterion, ("minimax regret", "maximin payoff"), "no such", "criterion")
        sign = -1 if criterion == "minimax regret" else 1
        table = -self.regrets if sign < 0 else self.payoffs
        game = NormalForm.from_payoffs(np.stack([table, -table]))
        chances, prior = (security_level(game, side).strategy for side in (0, 1))
        reached, proven = float((chances @ table).min()), float((table @ prior).max())
        gap = max(0.0, proven - reached)
        method = "linear program, proved by the least favourable prior"
        small = gap <= PROVEN * (np.ptp(table) or 1.0)
        bound = Certified.upper if sign < 0 else Certified.lower
        worst = table.min(axis=1)
        pure = int(np.argmax(worst))
        return RobustChoice(
            criterion=criterion,
            actions=self.actions,
            chances=chances,
            value=(Certified.exact if small else bound)(sign * reached + 0.0, method),
            prior=prior,
            gap=gap,
            pure=self.actions[pure],
            pure_value=sign * float(worst[pure]) + 0.0,
        )

    def perfect_information(self, prior: Prior) -> Certified:
        """Return how much knowing the true hypothesis before acting would add on average.

        Source: Raiffa and Schlaifer (1961), expected value of perfect information.
        """
        weights = self.prior(prior)
        best = float(self.payoffs.max(axis=0) @ weights)
        worth = best - float((self.payoffs @ weights).max())
        return Certified.exact(max(0.0, worth), "best for each hypothesis, less best for all")

    def misspecified(self, belief: Prior, truth: Prior) -> Certified:
        """Return what acting on a belief costs on average where the hypotheses come otherwise.

        The best expected payoff under ``truth`` less that of the action that ``belief`` makes best;
        of tied actions the one that costs most.
        """
        tied = self._best(self.payoffs @ self.prior(belief))
        worth = self.payoffs @ self.prior(truth)
        cost = float(worth.max() - worth[tied].min())
        method = "payoffs are linear in the prior"
        if len(tied) == 1:
            return Certified.exact(cost, method)
        return Certified.upper(cost, f"the worst of {len(tied)} actions that tie by the belief")

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "payoffs": self.payoffs.tolist(),
            "actions": list(self.actions),
            "hypotheses": list(self.hypotheses),
        }


def _envelope(low: np.ndarray, high: np.ndarray) -> tuple[list[float], list[int]]:
    """Return where the largest of lines from ``low`` to ``high`` changes, and which are largest."""
    slope = high - low
    chosen = [int(np.lexsort((-high, -low))[0])]
    breaks: list[float] = []
    while True:
        now = chosen[-1]
        steeper = np.flatnonzero(slope > slope[now])
        if not steeper.size:
            return breaks, chosen
        crossing = (low[now] - low[steeper]) / (slope[steeper] - slope[now])
        following = np.lexsort((-slope[steeper], crossing))[0]
        # Rounding must not make a crossing come before the one that led here.
        at = max(float(crossing[following]), breaks[-1] if breaks else 0.0)
        if at >= 1:
            return breaks, chosen
        breaks.append(at)
        chosen.append(int(steeper[following]))
