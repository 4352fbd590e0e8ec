"""One door to every bargaining solution: listed outcomes or lotteries, two parties or more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from comity.core import Certified, InputError, pick
from comity.games.plays import Lottery
from comity.games.protocol import Game
from comity.solutions import egalitarian, kalai_smorodinsky, nash, utilitarian
from comity.solutions.finite import Choice
from comity.solutions.payoff_sets import OutcomeSet, PayoffSet, ScaledSet
from comity.solutions.point import EXACT, GAP_TARGET, NEGLIGIBLE, Point, Separation
from comity.solutions.results import Solution

TieBreak = Literal["uniform", "first"]
Settle = Callable[[ScaledSet], Point | Separation]
LISTED_FOR_TIES = 100_000
SAME = 1e-12
"""Payoffs of a player that differ by less than this share of their size are one and the same."""
LISTED = "all outcomes were compared"
TIED_SUM = "uniform lottery over the listed outcomes of largest sum"


@dataclass(frozen=True)
class Concept:
    """How a concept is computed.

    Attributes
    ----------
    choose : among listed outcomes.
    settle_two, settle_many : on lotteries.
    compares : whether it compares payoffs between players, so that all share one unit.
    unit : what the gap is measured in, given the players' payoff ranges.
    optional_rationality : whether it means something below the disagreement point.
    """

    choose: Callable[[np.ndarray, np.ndarray], Choice]
    settle_two: Callable[..., Point | Separation]
    settle_many: Callable[..., Point | Separation]
    compares: bool
    unit: Callable[[np.ndarray], float]
    optional_rationality: bool


def _no_unit(_: np.ndarray) -> float:
    return 1.0


CONCEPTS = {
    "nash": Concept(nash.choose, nash.settle_two, nash.settle_many, False, _no_unit, False),
    "kalai-smorodinsky": Concept(
        kalai_smorodinsky.choose,
        kalai_smorodinsky.settle_two,
        kalai_smorodinsky.settle_many,
        False,
        _no_unit,
        False,
    ),
    "egalitarian": Concept(
        egalitarian.choose, egalitarian.settle_two, egalitarian.settle_many, True, np.min, True
    ),
    "utilitarian": Concept(
        utilitarian.choose, utilitarian.settle_two, utilitarian.settle_many, True, np.max, True
    ),
}


def bargain(
    game: Game | PayoffSet,
    concept: str,
    disagreement: np.ndarray,
    *,
    lotteries: bool = True,
    individually_rational: bool = True,
    tie_break: TieBreak = "uniform",
) -> Solution:
    """Return a bargaining solution with its duality gap.

    Parameters
    ----------
    game : a game, or any `PayoffSet` (lotteries only).
    concept : ``nash``, ``kalai-smorodinsky``, ``egalitarian`` or ``utilitarian``.
    disagreement : shape (n,), what each gets without agreement.
    lotteries : whether the play may be a lottery; if not, outcomes are listed and compared.
    individually_rational : whether nobody may fall below the disagreement point; Nash and
        Kalai-Smorodinsky are defined only above it.
    tie_break : ``uniform`` lottery over tied outcomes, or the ``first`` in index order.

    Two parties on lotteries: exact, O(log corners) calls of `best_plan`. More: column generation to
    a gap of 1e-9. Gains below 1e-9 of a player's own payoff range count as none, and the
    disagreement point is kept to 1e-9 of it, whatever the units of the others.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> chicken = NormalForm.from_payoffs([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])
    >>> bargain(chicken, "nash", [-1.5, -1]).payoffs.round(6)
    array([1.75, 0.5 ])
    """
    rule = pick(CONCEPTS, concept, "no such bargaining solution", "concept")
    rational = individually_rational or not rule.optional_rationality
    payoff_set = game if isinstance(game, PayoffSet) else OutcomeSet(game)
    point = checked_disagreement(disagreement, payoff_set.n)
    if not lotteries:
        if not isinstance(payoff_set, OutcomeSet):
            raise InputError("without lotteries a game is needed", place="game", found=type(game))
        return _choose(payoff_set.game, concept, point, rational, tie_break)
    if concept == "utilitarian" and isinstance(payoff_set, OutcomeSet):
        tied = _largest_sums(payoff_set.game, point, rational, tie_break)
        if tied is not None:
            return tied
    return _settle(payoff_set, concept, point, rational)


def checked_disagreement(disagreement: np.ndarray, n: int) -> np.ndarray:
    """Return the disagreement point as floats, or raise `InputError`."""
    point = np.asarray(disagreement, dtype=float)
    if point.shape != (n,) or not np.isfinite(point).all():
        raise InputError(
            "not a disagreement point",
            place="disagreement",
            found=repr(disagreement),
            expected=f"{n} finite payoffs",
        )
    return point


def _settle(payoff_set: PayoffSet, concept: str, origin: np.ndarray, rational: bool) -> Solution:
    rule, n = CONCEPTS[concept], payoff_set.n
    view = ScaledSet(payoff_set, origin, *_units(_extremes(payoff_set, origin)))
    settle = rule.settle_two if n == 2 else rule.settle_many
    found = settle(view, rational) if rule.optional_rationality else settle(view)
    if isinstance(found, Separation):
        return no_gain(concept, origin, _unit(found.weights / view.scale))
    payoffs = view.payoffs(found.gains)
    shares = concept == "kalai-smorodinsky"
    objective = found.objective if shares else _objective(concept, payoffs, origin)
    return Solution(
        concept,
        "optimal" if found.gap <= GAP_TARGET else "bound",
        found.play,
        payoffs,
        origin,
        objective,
        certified_gap(found.gap * float(rule.unit(view.scale)), found.proof, found.gap <= EXACT),
        _unit(found.weights / view.scale),
        assumptions=found.notes,
    )


def _extremes(payoff_set: PayoffSet, origin: np.ndarray) -> np.ndarray:
    """Return the origin and payoffs of plays that span each player's range.

    Of two players the range over what is best for one of them, unless that is a single payoff.
    """
    rows = np.eye(payoff_set.n)
    best = np.array([origin, *(payoff_set.maximise(row).payoffs for row in rows)])
    low = rows[_units(best)[1]] if payoff_set.n == 2 else rows
    return np.array([*best, *(payoff_set.maximise(-row).payoffs for row in low)])


def certified_gap(gap: float, proof: str, exact: bool) -> Certified:
    """Return a duality gap: exactly 0 where only rounding is left of it."""
    return Certified.exact(0.0, proof) if exact else Certified.upper(gap, proof)


def no_gain(concept: str, origin: np.ndarray, weights: np.ndarray) -> Solution:
    """Return the answer that no play is better for some and worse for none."""
    proof = "weights under which no play is worth more than the disagreement point"
    gap = Certified.exact(0.0, proof)
    return Solution(concept, "no gain", None, origin.copy(), origin, 0.0, gap, weights)


def _objective(concept: str, payoffs: np.ndarray, origin: np.ndarray) -> float:
    gains = payoffs - origin
    if concept == "nash":
        return float(np.prod(gains))
    return float(gains.min() if concept == "egalitarian" else payoffs.sum())


def _units(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each player's own payoff range, and who has none but for rounding."""
    span = np.ptp(points, axis=0)
    constant = span <= SAME * np.abs(points).max(axis=0)
    if constant.all():
        return np.ones_like(span), constant
    return np.where(constant, span[~constant].min(), span), constant


def _listed_gains(points: np.ndarray, origin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return gains as shares of each player's own range, shape (N, n), and these ranges."""
    scale, constant = _units(np.vstack([points.max(axis=0), points.min(axis=0), origin]))
    gains = (points - origin) / scale
    gains[:, constant] = 0.0
    return gains, scale


def _unit(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


def _choose(
    game: Game, concept: str, origin: np.ndarray, rational: bool, tie_break: TieBreak
) -> Solution:
    points = game.payoff_points()
    gains, scale = _listed_gains(points, origin)
    candidates = np.arange(len(points))
    if rational:
        candidates = np.flatnonzero((gains >= -NEGLIGIBLE).all(axis=1))
        if not (gains[candidates] > NEGLIGIBLE).any():
            return no_gain(concept, origin, np.full(len(origin), np.nan))
    if CONCEPTS[concept].compares:
        gains = gains * (scale / scale.min())
    choice = CONCEPTS[concept].choose(gains, candidates)
    return _tied_solution(
        game, points, choice.indices, concept, origin, choice.objective, tie_break
    )


def _tied_solution(
    game: Game,
    points: np.ndarray,
    indices: np.ndarray,
    concept: str,
    origin: np.ndarray,
    objective: float,
    tie_break: TieBreak,
    proof: str = LISTED,
) -> Solution:
    chosen = indices if tie_break == "uniform" else indices[:1]
    ties = tuple(game.outcome(int(k)) for k in indices)
    payoffs = points[chosen].mean(axis=0)
    if concept != "kalai-smorodinsky":
        objective = _objective(concept, points[indices[0]], origin)
    return Solution(
        concept,
        "optimal",
        Lottery.uniform(ties[: len(chosen)]),
        payoffs,
        origin,
        objective,
        Certified.exact(0.0, proof),
        np.full(len(origin), np.nan),
        ties,
    )


def _largest_sums(
    game: Game, origin: np.ndarray, rational: bool, tie_break: TieBreak
) -> Solution | None:
    """Return the uniform lottery over all outcomes of largest sum that leave none worse off.

    ``None`` where outcomes cannot be listed, or only a lottery leaves none worse off.
    """
    if game.size > LISTED_FOR_TIES:
        return None
    points = game.payoff_points()
    gains, scale = _listed_gains(points, origin)
    best = utilitarian.choose(gains * (scale / scale.min()), np.arange(len(points))).indices
    if rational:
        fair = (gains[best] >= -NEGLIGIBLE).all(axis=1)
        if not (gains[best[fair]] > NEGLIGIBLE).any():
            return None
        best = best[fair]
    n = len(origin)
    found = _tied_solution(game, points, best, "utilitarian", origin, 0.0, tie_break)
    return replace(found, weights=np.full(n, 1 / n))
