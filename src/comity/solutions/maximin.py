"""Security levels: the most a player can be sure of (von Neumann 1928)."""

from __future__ import annotations

import numpy as np

from comity.core import Certified, InputError, Memo, SolverError
from comity.games import Game, MixedProfile, Negotiation, NormalForm
from comity.solutions.results import Maximin, Solution
from comity.solutions.simplex import best_level


def security_level(game: Game, player: int) -> Maximin:
    """Return a strategy that secures the player's largest guaranteed payoff.

    The others are taken to act together against it. In a negotiation the player can only walk
    away, so that its level is its reservation value. Pure where a saddle point exists, else a
    linear program whose dual strategy bounds the value.

    Examples
    --------
    >>> pennies = NormalForm.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> security_level(pennies, 0).strategy
    array([0.5, 0.5])
    """
    if not 0 <= player < len(game.players):
        raise InputError("no such player", place="player", found=player, expected=game.players)
    if isinstance(game, Negotiation):
        exact = Certified.exact(0.0, "reservation value")
        return Maximin(player, np.zeros(0), float(game.reservation[player]), exact)
    if not isinstance(game, NormalForm):
        raise InputError("no security level", place="game", found=type(game).__name__)
    return _LEVELS.of(game, (player,), lambda: _acting_level(game, player))


_LEVELS = Memo[Maximin]()


def _acting_level(game: NormalForm, player: int) -> Maximin:
    table = np.moveaxis(game.table[player], player, 0)
    level = _matrix_level(table.reshape(len(table), -1), player)
    level.strategy.flags.writeable = False
    return level


def maximin_point(game: Game) -> np.ndarray:
    """Return every player's security level, shape (n,)."""
    return np.array([security_level(game, i).value for i in range(len(game.players))])


def maximin_play(game: Game) -> Solution:
    """Return the play in which everyone secures its own level, with what it yields.

    The levels are in ``disagreement``; payoffs are at least these. In a negotiation nobody can
    secure anything by a deal, so that there is no play.
    """
    levels = [security_level(game, i) for i in range(len(game.players))]
    point = np.array([level.value for level in levels])
    acts = isinstance(game, NormalForm)
    play = MixedProfile(tuple(level.strategy for level in levels)) if acts else None
    gap = max((level.gap for level in levels), key=float)
    return Solution(
        "maximin",
        "optimal" if all(level.gap.kind == "exact" for level in levels) else "bound",
        play,
        point if play is None else game.payoffs(play),
        point,
        float(point.min()),
        gap,
        np.full(len(levels), np.nan),
    )


def _matrix_level(matrix: np.ndarray, player: int) -> Maximin:
    """Solve the game in which the rows maximise and the columns minimise."""
    worst = matrix.min(axis=1)
    row = int(np.argmax(worst))
    if worst[row] == matrix.max(axis=0).min():
        return Maximin(player, _pure(row, len(matrix)), float(worst[row]), _SADDLE)
    low, span = matrix.min(), np.ptp(matrix)
    strategy, reply = _solve((matrix - low) / span)
    value = float((strategy @ matrix).min())
    gap = max(0.0, float((matrix @ reply).max()) - value)
    proof = "linear program and its dual"
    certificate = (
        Certified.exact(0.0, proof) if gap <= 1e-11 * span else Certified.upper(gap, proof)
    )
    return Maximin(player, strategy, value, certificate)


_SADDLE = Certified.exact(0.0, "saddle point in pure strategies")


def _pure(row: int, size: int) -> np.ndarray:
    strategy = np.zeros(size)
    strategy[row] = 1.0
    return strategy


def _solve(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return optimal strategies of both sides of a zero-sum game with payoffs in [0, 1]."""
    rows, columns = matrix.shape
    proven = best_level(np.zeros(rows), matrix, np.zeros(columns), np.ones(columns))
    if proven is not None:
        return proven.x / proven.x.sum(), proven.prices / proven.prices.sum()
    return _solver(matrix)


def _solver(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from scipy.optimize import linprog

    rows, columns = matrix.shape
    found = linprog(
        np.append(np.zeros(rows), -1.0),
        A_ub=np.column_stack([-matrix.T, np.ones(columns)]),
        b_ub=np.zeros(columns),
        A_eq=np.append(np.ones(rows), 0.0)[None, :],
        b_eq=np.ones(1),
        bounds=[(0, None)] * rows + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if found.x is None:
        raise SolverError("no strategy was found", place="maximin", found=found.message)
    strategy = np.clip(found.x[:rows], 0, None)
    reply = np.clip(-found.ineqlin.marginals, 0, None)
    return strategy / strategy.sum(), reply / reply.sum()
