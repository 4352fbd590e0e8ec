"""Slow and simple ways to the same answers, that share no code with comity.solutions."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog, minimize

from comity.games import Issue, Negotiation, NormalForm


def options(*payoffs) -> NormalForm:
    """One of these payoff vectors is chosen together: the first player has all the actions."""
    points = np.array(payoffs, dtype=float)
    n = points.shape[1]
    return NormalForm.from_payoffs(points.T.reshape(n, len(points), *[1] * (n - 1)))


def random_domain(rng, players=2, issues=4, choices=4, reservation=0.0) -> Negotiation:
    names = [f"P{i}" for i in range(players)]
    return Negotiation.additive(
        names,
        [Issue.integers(f"issue {k}", 1, choices) for k in range(issues)],
        {name: {f"issue {k}": rng.random(choices) for k in range(issues)} for name in names},
        reservation=reservation,
    )


def program(goal, points, limits, level=None):
    """Return the best mixture: ``goal`` on payoffs, each at least its limit (plus level * t)."""
    k, n = points.shape
    share = np.zeros(n) if level is None else np.asarray(level, float)
    keep = np.isfinite(limits)
    found = linprog(
        np.append(-points @ goal, -float(level is not None)),
        A_ub=np.column_stack([-points.T, share])[keep],
        b_ub=-np.asarray(limits)[keep],
        A_eq=np.append(np.ones(k), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * k + [(None, None)],
    )
    return (found.x[:k] @ points, found.x[-1]) if found.x is not None else (None, -np.inf)


def leximin(points, origin, shares):
    """Return the leximin payoffs per share, freezing whoever cannot be raised any more."""
    n = points.shape[1]
    gains = (points - origin) / shares
    fixed: dict[int, float] = {}
    while len(fixed) < n:
        limits = np.array([fixed.get(i, 0.0) for i in range(n)])
        free = np.array([i not in fixed for i in range(n)], dtype=float)
        _, level = program(np.zeros(n), gains, limits - 1e-11, free)
        at_least = np.where(free > 0, level, limits) - 1e-9
        room = {
            int(i): program(np.eye(n)[i], gains, at_least)[0][i] - level
            for i in np.flatnonzero(free)
        }
        stuck = [i for i in room if room[i] <= 1e-7] or [min(room, key=room.__getitem__)]
        fixed |= dict.fromkeys(stuck, level)
    return origin + np.array([fixed[i] for i in range(n)]) * shares


def nash_by_slsqp(points, origin):
    """Return the payoffs of the largest product of gains by a general-purpose optimiser."""
    gains = points - origin
    start, level = program(
        np.zeros(gains.shape[1]), gains, np.zeros(gains.shape[1]), np.ones(gains.shape[1])
    )
    assert level > 0
    k = len(gains)
    chances = np.linalg.lstsq(np.vstack([gains.T, np.ones(k)]), np.append(start, 1), rcond=None)[0]
    chances = np.clip(chances, 0, None) / np.clip(chances, 0, None).sum()
    if (chances @ gains <= 0).any():
        chances = np.full(k, 1 / k)
    for _ in range(3):  # It may stop early, or where chances do not quite sum to 1.
        found = minimize(
            lambda x: -np.log(np.maximum(x @ gains, 1e-12)).sum(),
            chances,
            jac=lambda x: -gains @ (1 / np.maximum(x @ gains, 1e-12)),
            bounds=[(0, 1)] * k,
            constraints={"type": "eq", "fun": lambda x: x.sum() - 1, "jac": lambda x: np.ones(k)},
            method="SLSQP",
            options={"ftol": 1e-15, "maxiter": 2000},
        )
        chances = np.clip(found.x, 0, None) / np.clip(found.x, 0, None).sum()
    return origin + chances @ gains


def ideal(points, origin):
    """Return the most each can get while none is below the origin."""
    n = points.shape[1]
    return np.array([program(np.eye(n)[i], points, origin)[0][i] for i in range(n)])


def undominated(points):
    """Return the places of undominated points, by comparing all pairs."""
    return [
        k for k, p in enumerate(points) if not any((q >= p).all() and (q > p).any() for q in points)
    ]


def segments(points, steps=401):
    """Return payoffs on every line between two points: covers two-party frontiers."""
    t = np.linspace(0, 1, steps)[:, None]
    lines = [a + t * (b - a) for a, b in combinations(points, 2)]
    return np.vstack([points, *lines])


def support_equilibria(first, second):
    """Return all equilibria with supports of equal size by solving every pair of supports."""
    found = []
    r, c = first.shape
    for size in range(1, min(r, c) + 1):
        for rows in combinations(range(r), size):
            for columns in combinations(range(c), size):
                x = _indifferent(second.T[np.ix_(columns, rows)])
                y = _indifferent(first[np.ix_(rows, columns)])
                if x is None or y is None:
                    continue
                full_x, full_y = np.zeros(r), np.zeros(c)
                full_x[list(rows)], full_y[list(columns)] = x, y
                if (first @ full_y).max() <= full_x @ first @ full_y + 1e-9 and (
                    full_x @ second
                ).max() <= full_x @ second @ full_y + 1e-9:
                    found.append((full_x, full_y))
    return found


def _indifferent(matrix):
    """Return the strategy of the columns that makes all rows equally good, if there is one."""
    size = len(matrix)
    system = np.zeros((size + 1, size + 1))
    system[:size, :size], system[:size, size], system[size, :size] = matrix, -1, 1
    if abs(np.linalg.det(system)) < 1e-12:
        return None
    solution = np.linalg.solve(system, np.append(np.zeros(size), 1.0))[:size]
    return solution if (solution > 0).all() else None
