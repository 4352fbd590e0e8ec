"""Correlated and coarse correlated equilibria, best for an objective, by linear programming.

Correlated: nobody gains by leaving what it is told (Aumann 1974); coarse: nobody gains by deciding
not to listen at all (Moulin and Vial 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from comity.core import Certified, SolverError
from comity.games import Game, Lottery
from comity.solutions import egalitarian
from comity.solutions.columns import ATTEMPTS
from comity.solutions.equilibria import normal_form, payoff_spans
from comity.solutions.objectives import Objective, objective_weights
from comity.solutions.payoff_sets import ScaledSet, Vertex
from comity.solutions.point import EXACT, GAP_TARGET, Point
from comity.solutions.results import Solution
from comity.solutions.simplex import MAX_ENTRIES, best_chances

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Rows: TypeAlias = "np.ndarray | csr_matrix"

DUAL = "dual prices of the incentive constraints"
TIES = "equilibria that tie on the objective are chosen between for the worst off"


class CorrelatedSet:
    """Payoffs of the correlated or coarse correlated equilibria of a game.

    Parameters
    ----------
    game : in normal form.
    coarse : whether players decide before they hear their part.
    face : weights and the least weighted payoff that is kept, if any.
    """

    def __init__(
        self, game: Game, coarse: bool = False, face: tuple[np.ndarray, float] | None = None
    ) -> None:
        self.game = normal_form(game)
        self.n = len(self.game.players)
        self.coarse = coarse
        self.face = face
        self._known: dict[bytes, Vertex] = {}

    @cached_property
    def spans(self) -> np.ndarray:
        """Each player's payoff range, 1 where it is 0."""
        spans = payoff_spans(self.game)
        return np.where(spans > 0, spans, 1.0)

    @cached_property
    def incentives(self) -> Rows:
        """Gains from each deviation at each profile, shape (deviations, size), in payoff ranges."""
        blocks = [
            _kept_small(_deviations(table / span, i, self.coarse))
            for i, (table, span) in enumerate(zip(self.game.table, self.spans, strict=True))
        ]
        return _stacked(blocks)

    @cached_property
    def limits(self) -> tuple[Rows, np.ndarray]:
        """Rows and right-hand sides: no deviation gains, and the face is kept."""
        rows, bounds = self.incentives, np.zeros(self.incentives.shape[0])
        if self.face is None:
            return rows, bounds
        normal, level = self.face
        worth = self.game.payoff_points() @ normal
        unit = float(np.ptp(worth)) or 1.0
        # Relative to the middle of the range, so that no digits are lost to a distant zero.
        middle = (worth.max() + worth.min()) / 2
        row = (middle - worth)[None, :] / unit
        return _stacked([rows, row]), np.append(bounds, (middle - level) / unit)

    def maximise(self, weights: np.ndarray) -> Vertex:
        """Return the equilibrium of largest weighted payoff, with the bound of the dual."""
        own = np.asarray(weights, dtype=float)
        key = own.tobytes()
        if key not in self._known:
            self._known[key] = self._best(own)
        return self._known[key]

    def _best(self, weights: np.ndarray) -> Vertex:
        points = self.game.payoff_points()
        worth = points @ weights
        size = float(np.ptp(worth)) or 1.0
        goal = (worth - worth.min()) / size
        rows, bounds = self.limits
        found = best_chances(goal, rows, bounds) if isinstance(rows, np.ndarray) else None
        x, prices = (found.x, found.prices) if found else _solver(goal, rows, bounds)
        chances = np.where(x > 1e-12, x, 0.0)
        chances /= chances.sum()
        bound = float((goal - rows.T @ prices).max() + prices @ bounds)
        play = Lottery.from_table(chances.reshape(self.game.shape))
        payoffs = chances @ points
        value = float(weights @ payoffs)
        return Vertex(payoffs, play, max(value, bound * size + worth.min()))


def _kept_small(rows: np.ndarray) -> Rows:
    """Return the rows, sparse where they are many: most entries are zero."""
    if rows.size <= MAX_ENTRIES:
        return rows
    from scipy.sparse import csr_matrix

    return csr_matrix(rows)


def _stacked(blocks: Sequence[Rows]) -> Rows:
    if all(isinstance(block, np.ndarray) for block in blocks):
        return np.vstack(blocks)
    from scipy.sparse import csr_matrix, vstack

    return csr_matrix(vstack([csr_matrix(block) for block in blocks]))


def _solver(goal: np.ndarray, rows: Rows, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best chances and the prices of the rows by a sparse solver."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    limited = rows.shape[0] > 0
    for options in ATTEMPTS:
        found = linprog(
            -goal,
            A_ub=csr_matrix(rows) if limited else None,
            b_ub=bounds if limited else None,
            A_eq=np.ones((1, len(goal))),
            b_eq=np.ones(1),
            method="highs",
            options=options,
        )
        if found.x is not None:
            break
    if found.x is None:
        raise SolverError(
            "the equilibrium program has no answer", place="correlated", found=found.message
        )
    return found.x, np.clip(-found.ineqlin.marginals, 0, None) if limited else np.zeros(0)


def _deviations(table: np.ndarray, player: int, coarse: bool) -> np.ndarray:
    """Return what each deviation of a player gains at each profile, shape (deviations, size)."""
    moved = np.moveaxis(table, player, 0)
    count = len(moved)
    gains = moved[:, None] - moved
    if coarse:
        return np.moveaxis(gains, 1, 1 + player).reshape(count, -1)
    told = np.arange(count)
    rows = np.zeros((count, *gains.shape))
    rows[:, told, told] = gains
    rows = np.moveaxis(rows, 2, 2 + player).reshape(count * count, -1)
    return rows[~np.eye(count, dtype=bool).ravel()]


def correlated_equilibrium(
    game: Game,
    objective: Objective = "utilitarian",
    *,
    coarse: bool = False,
    maximise: bool = True,
) -> Solution:
    """Return the (coarse) correlated equilibrium that is best, or worst, for an objective.

    Parameters
    ----------
    game : in normal form.
    objective : ``utilitarian``, ``egalitarian`` (smallest payoff, then the next) or weights.
    coarse : whether players decide before they hear their part.
    maximise : whether to look for the best; else for the worst.

    Of equilibria with the same weighted sum the one that is best for the worst off is taken. One
    sparse program in as many variables as there are profiles.
    """
    plays = CorrelatedSet(game, coarse)
    weights = objective_weights(objective, plays.n)
    if weights is None:
        return _fairest(plays) if maximise else _harshest(plays)
    signed = weights if maximise else -weights
    best = plays.maximise(signed)
    level = float(signed @ best.payoffs)
    worth = plays.game.payoff_points() @ signed
    slack = max(SLACK * float(np.ptp(worth)), 4 * np.finfo(float).eps * float(np.abs(worth).max()))
    play, payoffs = _leximin(CorrelatedSet(game, coarse, (signed, level - slack)))[1:]
    # The slack that keeps the second program feasible must not show where nothing is tied.
    if np.abs(payoffs - best.payoffs).max() <= 1e-8 * plays.spans.max():
        play, payoffs = best.play, best.payoffs
    gap = max(0.0, best.upper_bound - float(signed @ payoffs)), float(np.ptp(worth))
    return _solution(plays, play, payoffs, float(weights @ payoffs), gap, signed, (TIES,))


SLACK = 1e-11


def _leximin(plays: CorrelatedSet) -> tuple[Point, Lottery, np.ndarray]:
    """Return the equilibrium that is best for the worst off, its play and its payoffs."""
    origin = np.zeros(plays.n)
    scale = np.full(plays.n, plays.spans.max())
    view = ScaledSet(plays, origin, scale)
    point = egalitarian.settle(view, rational=False)
    assert isinstance(point, Point)
    return point, point.play, view.payoffs(point.gains)


def _fairest(plays: CorrelatedSet) -> Solution:
    point, play, payoffs = _leximin(plays)
    span = float(plays.spans.max())
    gap = (point.gap * span, span)
    return _solution(plays, play, payoffs, float(payoffs.min()), gap, point.weights, ())


def _harshest(plays: CorrelatedSet) -> Solution:
    """Return the equilibrium whose smallest payoff is smallest: some player's worst one."""
    worst = [plays.maximise(-row) for row in np.eye(plays.n)]
    player = int(np.argmin([vertex.payoffs[i] for i, vertex in enumerate(worst)]))
    vertex = worst[player]
    gap = max(vertex.upper_bound + float(vertex.payoffs[player]), 0.0), float(plays.spans.max())
    weights = -np.eye(plays.n)[player]
    return _solution(
        plays, vertex.play, vertex.payoffs, float(vertex.payoffs.min()), gap, weights, ()
    )


def _solution(
    plays: CorrelatedSet,
    play: Lottery,
    payoffs: np.ndarray,
    objective: float,
    gap: tuple[float, float],
    weights: np.ndarray,
    notes: tuple[str, ...],
) -> Solution:
    size, unit = gap
    total = float(np.abs(weights).sum())
    return Solution(
        "coarse-correlated-equilibrium" if plays.coarse else "correlated-equilibrium",
        "optimal" if size <= GAP_TARGET * unit else "bound",
        play,
        payoffs,
        np.full(plays.n, np.nan),
        objective,
        Certified.exact(0.0, DUAL) if size <= EXACT * unit else Certified.upper(size, DUAL),
        weights / (total or 1.0),
        assumptions=notes,
    )
