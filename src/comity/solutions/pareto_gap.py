"""By how much another play would be better for all, or for some at nobody's cost.

A linear program over every outcome, or over the chance of every option where a negotiation is
additive: what a lottery over deals is worth depends on these chances alone, and any such chances
belong to some lottery. None of the solvers' code is used.
"""

from __future__ import annotations

import numpy as np

from comity.core import Certified, SolverError
from comity.games import Game, Negotiation, NormalForm

MOST_POINTS = 200_000
ROUNDING = 1e-9
"""Share of payoff ranges below which an improvement is rounding."""


def pareto_gaps(game: Game, payoffs: np.ndarray) -> tuple[Certified, Certified]:
    """Return the largest gain of all at once, and the largest sum of gains with nobody losing.

    Gains are shares of each player's payoff range; ``payoffs`` has shape (n,).
    """
    if _by_options(game):
        assert isinstance(game, Negotiation)
        columns, groups, extra = _marginals(game)
        relaxed = bool(game.constraints)
        method = "linear program over the chance of every option"
        method += ", with constraints kept on average only" if relaxed else ""
    elif game.size <= MOST_POINTS:
        columns, extra, relaxed = game.payoff_points().T, None, False
        groups = np.ones((1, columns.shape[1]))
        method = "linear program over all outcomes"
    else:
        return _pareto_bound(game, payoffs)
    low, high = _ranges(columns, groups)
    span = np.where(high > low, high - low, 1.0)
    together = _improve(columns, groups, extra, payoffs, span, together=True)
    apart = _improve(columns, groups, extra, payoffs, span, together=False)
    kind = Certified.upper if relaxed else Certified.exact
    return kind(together, method), kind(apart, method)


def _by_options(game: Game) -> bool:
    """Whether chances of single options are enough, exactly or because nothing else can be held."""
    if not isinstance(game, Negotiation) or game.form != "additive":
        return False
    return not game.constraints or game.size > MOST_POINTS


def _marginals(
    game: Negotiation,
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray] | None]:
    """Return values per option, which options belong to one issue, and limits kept on average."""
    groups = np.zeros((len(game.shape), sum(game.shape)))
    first = 0
    for issue, count in enumerate(game.shape):
        groups[issue, first : first + count] = 1
        first += count
    columns = np.array(
        [[read_cell(game, i, cell) for cell in range(first)] for i in range(len(game.players))]
    )
    if not game.constraints:
        return columns, groups, None
    rows = np.array([constraint.coefficients for constraint in game.constraints], dtype=float)
    return columns, groups, (rows, np.array([c.limit for c in game.constraints]))


def _ranges(columns: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest payoff of each player."""
    low = sum(columns[:, row > 0].min(axis=1) for row in groups)
    high = sum(columns[:, row > 0].max(axis=1) for row in groups)
    return np.asarray(low), np.asarray(high)


def _improve(
    columns: np.ndarray,
    groups: np.ndarray,
    extra: tuple[np.ndarray, np.ndarray] | None,
    payoffs: np.ndarray,
    span: np.ndarray,
    *,
    together: bool,
) -> float:
    """Return the largest improvement: the smallest player's, or the sum with nobody losing."""
    from scipy.optimize import linprog

    n, size = columns.shape
    scaled = columns / span[:, None]
    limits = np.column_stack([-scaled, np.full(n, float(together))])
    bounds = -payoffs / span
    if extra is not None:
        limits = np.vstack([limits, np.column_stack([extra[0], np.zeros(len(extra[0]))])])
        bounds = np.concatenate([bounds, extra[1]])
    if not together:
        # Rounding of the play's own payoffs must not make the program infeasible.
        bounds[:n] += 1e-12 * np.maximum(1, np.abs(bounds[:n]))
    goal = np.append(np.zeros(size), -1.0) if together else np.append(-scaled.sum(axis=0), 0.0)
    found = linprog(
        goal,
        A_ub=limits,
        b_ub=bounds,
        A_eq=np.column_stack([groups, np.zeros(len(groups))]),
        b_eq=np.ones(len(groups)),
        bounds=[(0, None)] * size + [(None, None) if together else (0, 0)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if found.x is None:
        raise SolverError("the Pareto program has no answer", place="play", found=found.message)
    best = -float(found.fun) - (0.0 if together else float((payoffs / span).sum()))
    return best if best > ROUNDING else 0.0


def _pareto_bound(game: Game, payoffs: np.ndarray) -> tuple[Certified, Certified]:
    """Bound the gaps of a game that cannot be listed by the best plans at a few weights."""
    n = len(payoffs)
    best = np.array([game.best_plan(row).upper_bound for row in np.eye(n)])
    worst = np.array([-game.best_plan(-row).upper_bound for row in np.eye(n)])
    span = np.where(best > worst, best - worst, 1.0)
    mixes = np.vstack([np.ones(n), np.random.default_rng(0).dirichlet(np.ones(n), 100)]) / span
    room = [(w, game.best_plan(w).upper_bound - float(w @ payoffs)) for w in mixes]
    gap = max(0.0, min(slack / float(w @ span) for w, slack in room))
    total = max(0.0, min(slack / float((w * span).min()) for w, slack in room))
    method = f"best plans at {len(mixes)} weights"
    return Certified.upper(gap, method), Certified.upper(total, method)


def read_cell(game: NormalForm | Negotiation, player: int, cell: int) -> float:
    """Return ``sum_s prior[s] (tastes + sum_k weights[k] facts[k])`` at a cell."""
    total = 0.0
    for state, chance in enumerate(game.prior):
        worth = float(game.tastes[player, state, cell])
        for k in range(len(game.quantities)):
            worth += float(game.weights[player, k]) * float(game.facts[k, state, cell])
        total += float(chance) * worth
    return total
