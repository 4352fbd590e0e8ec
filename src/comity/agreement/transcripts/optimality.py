"""Checking that a recorded play is the one that the constitution asks for, without trusting it.

The claim is held against upper bounds, not against a second run bit by bit: the recorded welfare
weights prove a bound by duality (no play has a larger weighted payoff), and the solution of the
recorded common model gives another. Where equally good plays differ in payoffs the tie-break
decides, so payoffs are compared too. All slack is a share of each player's range of payoffs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.agreement.models.normalise import payoff_range
from comity.agreement.solution import apply_solution
from comity.cases import Constitution
from comity.games import Game, NormalForm, Play
from comity.solutions import CorrelatedSet, OutcomeSet, PayoffSet, Solution

PRECISION = 1e-9

SINGLE = 1e-6
"""How well payoffs are known where the objective is flat around its best."""

ROUNDING = 64 * np.finfo(float).eps


@dataclass(frozen=True)
class Units:
    """What a payoff is measured in, so that no scale and no zero decides what passes.

    Attributes
    ----------
    spans : shape (n,), each player's highest payoff less its lowest.
    rounding : shape (n,), what floating point may lose of a payoff of this size.
    """

    spans: np.ndarray
    rounding: np.ndarray

    @classmethod
    def of(cls, common: Game, point: np.ndarray) -> Units:
        """Return the units of a game with this disagreement point; two best plans a player."""
        ends = np.array([payoff_range(common, i) for i in range(len(common.players))])
        size = np.maximum(np.abs(ends).max(axis=1), np.abs(np.nan_to_num(point)))
        return cls(ends[:, 1] - ends[:, 0], ROUNDING * size)

    def slack(self, share: float) -> np.ndarray:
        """Return this share of each player's range, and rounding."""
        return share * self.spans + self.rounding

    def objective_slack(self, notion: str, gains: np.ndarray) -> float:
        """Return by how much an objective may differ: a product, a share or a sum of payoffs."""
        if notion == "nash":
            sizes = np.maximum(self.spans, np.abs(np.nan_to_num(gains)))
            lost = float(np.prod(sizes + self.rounding) - np.prod(sizes))
            return PRECISION * float(np.prod(sizes)) + lost
        if notion == "kalai-smorodinsky":
            known = self.spans > 0
            return PRECISION + float((self.rounding[known] / self.spans[known]).sum())
        return float(self.slack(PRECISION).sum())


def play_faults(
    common: Game, constitution: Constitution, notion: str, claimed: Solution
) -> list[str]:
    """Return what is wrong with a claimed solution of the common model, in sentences."""
    fresh = apply_solution(common, constitution, notion)
    units = Units.of(common, fresh.disagreement)
    exact, gap = units.slack(PRECISION), float(np.nan_to_num(fresh.gap.value))
    measured = _objective(constitution, notion)
    gap_worth = gap * abs(fresh.objective) if measured == "nash" else gap
    slack = units.objective_slack(measured, fresh.payoffs - fresh.disagreement) + gap_worth
    faults = _difference("status", claimed.status, fresh.status)
    faults += _difference("disagreement point", claimed.disagreement, fresh.disagreement, exact)
    faults += _difference("objective", claimed.objective, fresh.objective, slack)
    faults += _gap_faults(measured, claimed, fresh, units)
    if claimed.play is None or fresh.play is None:
        return faults
    worth = common.payoffs(claimed.play)
    faults += _difference("payoffs", claimed.payoffs, worth, exact)
    faults += _irrational(worth, fresh, notion, units)
    faults += _broken(common, constitution, notion, claimed.play, units)
    return faults + _shortfalls(common, constitution, notion, claimed, fresh, units)


def _gap_faults(notion: str, claimed: Solution, fresh: Solution, units: Units) -> list[str]:
    """Return a fault where the stated gap is not the one that solving again gives."""
    unit = 1.0 if notion in ("nash", "kalai-smorodinsky") else float(units.spans.sum())
    slack = SINGLE * unit + float(units.rounding.sum())
    faults = _difference("kind of the gap", claimed.gap.kind, fresh.gap.kind)
    return faults + _difference("gap", claimed.gap.value, fresh.gap.value, slack)


def _difference(
    name: str, found: object, expected: object, slack: float | np.ndarray = 0.0
) -> list[str]:
    if _same(found, expected, slack):
        return []
    return [f"the {name} is {_shown(found)} and should be {_shown(expected)}"]


def _same(found: object, expected: object, slack: float | np.ndarray) -> bool:
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    first, second = np.asarray(found, float), np.asarray(expected, float)
    if first.shape != second.shape:
        return False
    return bool(np.all((np.abs(first - second) <= slack) | (np.isnan(first) & np.isnan(second))))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else np.array2string(np.asarray(value), precision=10)


def _irrational(payoffs: np.ndarray, fresh: Solution, notion: str, units: Units) -> list[str]:
    """Return a fault where bargaining leaves somebody below the disagreement point."""
    point = fresh.disagreement
    below = payoffs < point - units.slack(SINGLE)
    if notion.startswith("best-") or not below.any():
        return []
    return [f"the play is worth {_shown(payoffs)}, below the disagreement point {_shown(point)}"]


def _broken(
    common: Game, constitution: Constitution, notion: str, play: Play, units: Units
) -> list[str]:
    """Return who gains from breaking a play that nobody enforces."""
    if constitution.enforcement == "binding" and not notion.startswith("best-"):
        return []
    gains = [common.best_reply(i, play).gain for i in range(len(common.players))]
    limits = units.slack(SINGLE)
    return [
        f"{name} gains {gain:.4g} by breaking it under the common model"
        for name, gain, limit in zip(common.players, gains, limits, strict=True)
        if gain > limit
    ]


def _shortfalls(
    common: Game,
    constitution: Constitution,
    notion: str,
    claimed: Solution,
    fresh: Solution,
    units: Units,
) -> list[str]:
    """Return by how much a play misses what is possible, and where it breaks ties otherwise."""
    assert claimed.play is not None
    measured, gap = _objective(constitution, notion), float(np.nan_to_num(fresh.gap.value))
    measure, worth = OBJECTIVES.get(measured), common.payoffs(claimed.play)
    same = _difference("play's worth", worth, fresh.payoffs, units.slack(SINGLE) + gap)
    if measure is None or not constitution.lotteries:
        return same
    point = np.nan_to_num(fresh.disagreement)
    gains = fresh.payoffs - point
    gaining = gains > units.slack(PRECISION)
    near, far = _log_slack(gains[gaining], gaining, units), PRECISION
    if measured != "nash":
        near = far = float(units.slack(PRECISION).sum())
    reached = measure(worth - point, gaining)
    bounds = [("the solution of the common model", measure(gains, gaining), near)]
    proved = _duality_bound(common, constitution, notion, claimed)
    if proved is not None:
        bounds.append(("the recorded welfare weights", proved, max(near, far)))
    short = [
        f"the play reaches {reached:.12g} where {bound:.12g} is possible by {source}"
        for source, bound, slack in bounds
        if bound - reached > slack + gap
    ]
    # The payoffs of largest Nash product are unique; a sum or a smallest payoff leaves ties.
    return short if measured == "nash" else short + same


def _log_slack(gains: np.ndarray, gaining: np.ndarray, units: Units) -> float:
    """Return what a log Nash product may miss; little where the gains dwarf the ranges."""
    share = min(1.0, float((units.spans[gaining] / gains).sum()))
    size = float(np.abs(np.log(gains)).sum())
    return PRECISION * share + float((units.rounding[gaining] / gains).sum()) + ROUNDING * size


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
"""Measures of gains; of the other notions the payoffs are unique, and compared."""


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
