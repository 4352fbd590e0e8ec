"""What each action would yield, by every explanation that stands, and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from comity.core import InputError, Result
from comity.inference.explanations.member import Member
from comity.inference.shift.decision import BayesChoice, Decision, PriorPath, RobustChoice
from comity.inference.shift.failure import FailureRange, failure_range
from comity.inference.shift.predictions import Draws, Predictions, predict_members
from comity.inference.shift.settings import Setting

MOST_PATHS = 45
"""Most pairs of members between which the best action is followed."""
MOST_SHOWN = 12


@dataclass(frozen=True, eq=False)
class Outcomes(Result):
    """What a decider and the people get, by action and by member.

    Attributes
    ----------
    players : names of the decider and of the people.
    actions, members : names, A and M of them.
    payoffs : shape (A, M, 2), expected payoffs of both; means over the draws of a member's
        parameters where draws were given.
    low, high : shape (A, M, 2), intervals from the draws.
    predictions : what the people would do in the situations that they may face.
    setting : what was decided upon.
    """

    players: tuple[str, str]
    actions: tuple[str, ...]
    members: tuple[str, ...]
    payoffs: np.ndarray
    low: np.ndarray
    high: np.ndarray
    predictions: Predictions
    setting: Setting

    def decision(self) -> Decision:
        """Return the decider's choice among the actions, with the members as hypotheses."""
        return Decision(self.payoffs[:, :, 0], self.actions, self.members)

    def payoffs_by_draw(self) -> np.ndarray:
        """Return what the decider gets by action and by every draw of every member in turn."""
        drawn = [_worth(self.setting, table)[:, :, 0] for table in self.predictions.drawn]
        return np.concatenate(drawn).T

    def chances_of(self, option: str) -> np.ndarray:
        """Return how likely the people take an option, by action and member, shape (A, M).

        0 after actions that do not leave them this option.
        """
        found = np.zeros((len(self.actions), len(self.members)))
        for a in range(len(self.actions)):
            options = self.setting.options_after(a)
            if option in options:
                place = self.setting.faced[a], options.index(option)
                found[a] = [d[:, place[0], place[1]].mean() for d in self.predictions.drawn]
        if not any(option in s.options for s in self.setting.situations):
            raise InputError(
                "no such option",
                place="option",
                found=option,
                expected=", ".join(
                    dict.fromkeys(o for s in self.setting.situations for o in s.options)
                ),
            )
        return found

    def failures(self, option: str) -> dict[str, FailureRange]:
        """Return, by action, the chance that the people take an option that ends in no agreement.

        The range is over the members; where these have weights its mean is by them.
        """
        weights = self.predictions.weights
        chances = self.chances_of(option)
        return {
            action: failure_range(
                dict(zip(self.members, np.clip(row, 0.0, 1.0).tolist(), strict=True)),
                None if weights is None else weights.tolist(),
            )
            for action, row in zip(self.actions, chances, strict=True)
        }


@dataclass(frozen=True, eq=False)
class Choice(Result):
    """What to do in a new setting, with and without weights on the members.

    Attributes
    ----------
    outcomes : the payoffs that the choices rest on.
    bayes : the best action by the weights; ``None`` where the members have none.
    paths : for every two members the best action as belief moves from the first to the second,
        with its break points; only where there are few members.
    regret, maximin : the choices that are best in the worst case.
    failures : by action, the chance of no agreement; empty unless asked for.
    """

    outcomes: Outcomes
    bayes: BayesChoice | None
    paths: dict[tuple[str, str], PriorPath]
    regret: RobustChoice
    maximin: RobustChoice
    failures: dict[str, FailureRange]

    @property
    def dominant(self) -> str | None:
        """An action that is best by every member, if there is one: then no weights are needed."""
        regrets = self.outcomes.decision().regrets.max(axis=1)
        best = int(np.argmin(regrets))
        small = regrets[best] <= 1e-12 * (1 + float(np.ptp(self.outcomes.payoffs)))
        return self.outcomes.actions[best] if small else None

    def __str__(self) -> str:
        decider = self.outcomes.players[0]
        lines = [f"What {decider} should do, by {len(self.outcomes.members)} members"]
        if self.dominant is not None:
            lines.append(f"  best by every member: {self.dominant}")
        if self.bayes is not None:
            lines.append(f"  by the weights: {self.bayes.action}, for {self.bayes.payoff:.4g}")
        mixed = zip(self.regret.actions, self.regret.chances, strict=True)
        words = ", ".join(f"{action} {chance:.3f}" for action, chance in mixed if chance > 1e-9)
        lines.append(f"  least regret {self.regret.value.value:.4g}: {words}")
        for (first, second), path in self.paths.items():
            if len(path.breaks):
                at = ", ".join(f"{b:.4g}" for b in path.breaks)
                lines.append(f"  changes where the weight on {second} against {first} is {at}")
        shown = list(self.failures.items())[:MOST_SHOWN]
        lines += [f"  {action}: {found}" for action, found in shown]
        if len(shown) < len(self.failures):
            lines.append(f"  and {len(self.failures) - len(shown)} more actions")
        return "\n".join(lines)


def outcomes_by_member(
    setting: Setting,
    members: Sequence[Member],
    weights: Sequence[float] | np.ndarray | None = None,
    draws: Draws | None = None,
    level: float = 0.9,
) -> Outcomes:
    """Return what each action of the decider would yield if the people act by each member.

    Parameters are those of `predict_members`. Raises `InputError` where the situations of the
    setting lack a feature that a member needs.
    """
    found = predict_members(members, setting.situations, weights, draws, level)
    drawn = [_worth(setting, table) for table in found.drawn]
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (np.stack([np.quantile(d, q, axis=0) for d in drawn], axis=1) for q in tails)
    payoffs = np.stack([d.mean(axis=0) for d in drawn], axis=1)
    return Outcomes(
        setting.players, setting.actions, found.members, payoffs, low, high, found, setting
    )


def choose_in(
    setting: Setting,
    members: Sequence[Member],
    weights: Sequence[float] | np.ndarray | None = None,
    draws: Draws | None = None,
    failing: str | None = None,
    level: float = 0.9,
) -> Choice:
    """Return what to do in a setting: by the weights, along them, and without any.

    Parameters
    ----------
    failing : the people's option that ends in no agreement, such as ``reject``.
    setting, members, weights, draws, level : as in `outcomes_by_member`.
    """
    outcomes = outcomes_by_member(setting, members, weights, draws, level)
    decision = outcomes.decision()
    shares = outcomes.predictions.weights
    pairs = list(combinations(outcomes.members, 2))
    return Choice(
        outcomes,
        None if shares is None else decision.bayes(shares),
        {pair: decision.along(*pair) for pair in pairs} if len(pairs) <= MOST_PATHS else {},
        decision.robust("minimax regret"),
        decision.robust("maximin payoff"),
        {} if failing is None else outcomes.failures(failing),
    )


def _worth(setting: Setting, tables: np.ndarray) -> np.ndarray:
    """Return the expected payoffs of both by draw and action, shape (D, A, 2).

    Parameters
    ----------
    tables : shape (D, G, K).
    """
    return np.einsum("dak,aki->dai", tables[:, setting.faced], setting.payoffs)
