"""Checking that a recorded play is the one that the constitution asks for, without trusting it.

The claim is held against upper bounds, not against a second run bit by bit: the recorded welfare
weights prove a bound by duality (no play has a larger weighted payoff), and the solution of the
recorded common model gives another. A play that reaches the bound to 1e-9 is optimal.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comity.agreement.solution import apply_solution
from comity.cases import Constitution
from comity.games import Game, NormalForm, Play
from comity.solutions import CorrelatedSet, OutcomeSet, PayoffSet, Solution

PRECISION = 1e-9

SINGLE = 1e-6
"""How well payoffs are known where the solution is unique and its objective flat around it."""


def play_faults(
    common: Game, constitution: Constitution, notion: str, claimed: Solution
) -> list[str]:
    """Return what is wrong with a claimed solution of the common model, in sentences."""
    fresh = apply_solution(common, constitution, notion)
    slack = PRECISION + float(np.nan_to_num(fresh.gap.value))
    faults = _difference("status", claimed.status, fresh.status)
    faults += _difference("disagreement point", claimed.disagreement, fresh.disagreement)
    faults += _difference("objective", claimed.objective, fresh.objective, slack)
    if claimed.play is None or fresh.play is None:
        return faults
    worth = common.payoffs(claimed.play)
    faults += _difference("payoffs", claimed.payoffs, worth)
    faults += _irrational(worth, fresh, notion)
    faults += _broken(common, constitution, notion, claimed.play)
    return faults + _shortfalls(common, constitution, notion, claimed, fresh)


def _difference(
    name: str, found: object, expected: object, precision: float = PRECISION
) -> list[str]:
    if _same(found, expected, precision):
        return []
    return [f"the {name} is {_shown(found)} and should be {_shown(expected)}"]


def _same(found: object, expected: object, precision: float) -> bool:
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    first, second = np.asarray(found, float), np.asarray(expected, float)
    if first.shape != second.shape:
        return False
    slack = precision * np.maximum(1.0, np.abs(second))
    return bool(np.all((np.abs(first - second) <= slack) | (np.isnan(first) & np.isnan(second))))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else np.array2string(np.asarray(value), precision=10)


def _irrational(payoffs: np.ndarray, fresh: Solution, notion: str) -> list[str]:
    """Return a fault where bargaining leaves somebody below the disagreement point."""
    point = fresh.disagreement
    below = payoffs < point - SINGLE * np.maximum(1.0, np.abs(point))
    if notion.startswith("best-") or not below.any():
        return []
    return [f"the play is worth {_shown(payoffs)}, below the disagreement point {_shown(point)}"]


def _broken(common: Game, constitution: Constitution, notion: str, play: Play) -> list[str]:
    """Return who gains from breaking a play that nobody enforces."""
    if constitution.enforcement == "binding" and not notion.startswith("best-"):
        return []
    gains = {name: common.best_reply(i, play).gain for i, name in enumerate(common.players)}
    slack = SINGLE * max(1.0, float(np.abs(common.payoffs(play)).max()))
    return [
        f"{name} gains {gain:.4g} by breaking it under the common model"
        for name, gain in gains.items()
        if gain > slack
    ]


def _shortfalls(
    common: Game, constitution: Constitution, notion: str, claimed: Solution, fresh: Solution
) -> list[str]:
    measure = OBJECTIVES.get(_objective(constitution, notion))
    if measure is None or not constitution.lotteries:
        return _difference("play's worth", claimed.payoffs, fresh.payoffs, SINGLE)
    assert claimed.play is not None
    point = np.nan_to_num(fresh.disagreement)
    gaining = fresh.payoffs - point > PRECISION
    reached = measure(common.payoffs(claimed.play) - point, gaining)
    bounds = {"the solution of the common model": measure(fresh.payoffs - point, gaining)}
    proved = _duality_bound(common, constitution, notion, claimed)
    if proved is not None:
        bounds["the recorded welfare weights"] = proved
    return [
        f"the play reaches {reached:.12g} where {bound:.12g} is possible by {source}"
        for source, bound in bounds.items()
        if bound - reached > PRECISION * max(1.0, abs(bound)) + np.nan_to_num(fresh.gap.value)
    ]


def _objective(constitution: Constitution, notion: str) -> str:
    return f"best-{constitution.objective}" if notion.startswith("best-") else notion


def _log_nash(gains: np.ndarray, gaining: np.ndarray) -> float:
    """Return the logarithm of the product of the gains of those who can gain."""
    some = gains[gaining]
    return float(np.log(some).sum()) if some.min(initial=np.inf) > 0 else -np.inf


def _utilitarian(gains: np.ndarray, gaining: np.ndarray) -> float:
    return float(gains.sum())


def _smallest(payoffs: np.ndarray, gaining: np.ndarray) -> float:
    return float(payoffs.min())


OBJECTIVES: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "nash": _log_nash,
    "utilitarian": _utilitarian,
    "best-utilitarian": _utilitarian,
    "best-egalitarian": _smallest,
}
"""Measures of gains; Kalai-Smorodinsky and egalitarian payoffs are unique, so these compare."""


def _duality_bound(
    common: Game, constitution: Constitution, notion: str, claimed: Solution
) -> float | None:
    """Return the largest log Nash product that the recorded weights leave possible.

    If no play has a weighted payoff above V, then by the inequality of arithmetic and geometric
    means no product of gains exceeds ``prod (V - w.d) / (n w_i)``.
    """
    weights = claimed.weights
    usable = notion == "nash" and np.all(np.isfinite(weights)) and weights.min() > 0
    over = reachable(common, constitution, notion) if usable else None
    if over is None:
        return None
    room = over.maximise(weights).upper_bound - float(weights @ claimed.disagreement)
    if room <= 0:
        return -np.inf
    return float(np.log(room / (len(weights) * weights)).sum())


def reachable(common: Game, constitution: Constitution, notion: str) -> PayoffSet | None:
    """Return the set of plays that the constitution allows, where it can be asked directly."""
    if constitution.enforcement == "binding" and not notion.startswith("best-"):
        return OutcomeSet(common)
    return CorrelatedSet(common) if isinstance(common, NormalForm) else None
