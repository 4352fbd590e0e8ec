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
from comity.games import Game, Lottery, Negotiation, NormalForm, Play
from comity.solutions import CorrelatedSet, OutcomeSet, PayoffSet, Solution

PRECISION = 1e-9


def play_faults(
    common: Game, constitution: Constitution, notion: str, claimed: Solution
) -> list[str]:
    """Return what is wrong with a claimed solution of the common model, in sentences."""
    fresh = apply_solution(common, constitution, notion)
    faults = _differences(
        {
            "status": (claimed.status, fresh.status),
            "disagreement point": (claimed.disagreement, fresh.disagreement),
            "objective": (claimed.objective, fresh.objective),
        }
    )
    if claimed.play is None or fresh.play is None:
        return faults
    worth = common.payoffs(claimed.play)
    faults += _differences({"payoffs": (claimed.payoffs, worth)})
    faults += _feasibility(common, constitution, notion, claimed.play)
    return faults + _shortfalls(common, constitution, notion, claimed, fresh)


def _differences(pairs: dict[str, tuple]) -> list[str]:
    return [
        f"the {name} is {_shown(found)} and should be {_shown(expected)}"
        for name, (found, expected) in pairs.items()
        if not _same(found, expected)
    ]


def _same(found: object, expected: object) -> bool:
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    first, second = np.asarray(found, float), np.asarray(expected, float)
    if first.shape != second.shape:
        return False
    slack = PRECISION * np.maximum(1.0, np.abs(second))
    return bool(np.all((np.abs(first - second) <= slack) | (np.isnan(first) & np.isnan(second))))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else np.array2string(np.asarray(value), precision=10)


def _feasibility(common: Game, constitution: Constitution, notion: str, play: Play) -> list[str]:
    faults = []
    if isinstance(common, Negotiation) and isinstance(play, Lottery):
        for constraint in common.constraints:
            cells = common.offsets + np.asarray(play.outcomes)
            if np.any(constraint.coefficients[cells].sum(axis=1) > constraint.limit + PRECISION):
                faults.append(f"a deal breaks the constraint {constraint.label or '(unnamed)'}")
    if constitution.enforcement == "self-enforcing" or notion.startswith("best-"):
        for i, name in enumerate(common.players):
            gain = common.best_reply(i, play).gain
            if gain > 1e-7 * max(1.0, float(np.abs(common.payoffs(play)).max())):
                faults.append(f"{name} gains {gain:.4g} by breaking it under the common model")
    return faults


def _shortfalls(
    common: Game, constitution: Constitution, notion: str, claimed: Solution, fresh: Solution
) -> list[str]:
    measure = OBJECTIVES.get(_objective(constitution, notion))
    if measure is None or not constitution.lotteries:
        return _differences({"payoffs": (claimed.payoffs, fresh.payoffs)})
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
        if bound - reached > PRECISION * max(1.0, abs(bound)) + fresh.gap.value
    ]


def _objective(constitution: Constitution, notion: str) -> str:
    return constitution.objective if notion.startswith("best-") else notion


def _log_nash(gains: np.ndarray, gaining: np.ndarray) -> float:
    """Return the logarithm of the product of the gains of those who can gain."""
    some = gains[gaining]
    return float(np.log(some).sum()) if some.min(initial=np.inf) > 0 else -np.inf


def _utilitarian(gains: np.ndarray, gaining: np.ndarray) -> float:
    return float(gains.sum())


OBJECTIVES: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "nash": _log_nash,
    "utilitarian": _utilitarian,
}


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
