"""Compiled Nash bargaining of two parties over lotteries: the walk of `edge` on listed outcomes."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np

from comity.core.compiling import compiled

NEGLIGIBLE = 1e-9
ROUNDING = 1e-12


@compiled(error_model="numpy")
def nash_lottery(one: np.ndarray, two: np.ndarray, d1: float, d2: float) -> tuple[int, int, float]:
    """Return (first, second, weight) of Nash's lottery over outcomes, each shape (N,), from d.

    The weight is the chance of the second; equal where the play is certain, -1 where nobody gains
    1e-9 of its range. Time O(N) for every corner of the frontier that is asked for.
    """
    a, b = _lexicographic_best(one, two), _lexicographic_best(two, one)
    span1 = max(one[a], d1) - min(one[b], d1)
    span2 = max(two[b], d2) - min(two[a], d2)
    if not (span1 > 0 or span2 > 0):
        return -1, -1, 0.0
    for _ in range(len(one) + 2):
        n1, n2 = two[b] - two[a], one[a] - one[b]
        c = _furthest(one, two, n1, n2)
        beyond = n1 * (one[c] - one[a]) + n2 * (two[c] - two[a])
        if beyond <= ROUNDING * (n1 * span1 + n2 * span2):
            break
        g1, g2 = one[c] - d1, two[c] - d2
        if g1 < 0 or (g2 >= 0 and g2 * n2 > g1 * n1):
            b = c
        else:
            a = c
    place = _edge_place(one[a] - d1, two[a] - d2, one[b] - one[a], two[b] - two[a], span1, span2)
    if place < 0:
        return -1, -1, 0.0
    if place == 0 or a == b:
        return a, a, 0.0
    return (b, b, 0.0) if place == 1 else (a, b, place)


@compiled()
def mixed_payoff(values: np.ndarray, first: int, second: int, weight: float) -> float:
    """Return what such a lottery pays one party that values the outcomes so."""
    return values[first] + weight * (values[second] - values[first])


@compiled()
def _lexicographic_best(values: np.ndarray, ties: np.ndarray) -> int:
    best = 0
    for k in range(1, len(values)):
        if values[k] > values[best] or (values[k] == values[best] and ties[k] > ties[best]):
            best = k
    return best


@compiled()
def _furthest(one: np.ndarray, two: np.ndarray, n1: float, n2: float) -> int:
    best, most = 0, n1 * one[0] + n2 * two[0]
    for k in range(1, len(one)):
        worth = n1 * one[k] + n2 * two[k]
        if worth > most:
            best, most = k, worth
    return best


@compiled(error_model="numpy")
def _edge_place(g1: float, g2: float, s1: float, s2: float, span1: float, span2: float) -> float:
    """Return where on an edge from gains g by steps s the product is largest, -1 if nowhere.

    Party 1 loses along the edge (s1 <= 0) and party 2 wins; equal ends make a point.
    """
    low, high = 0.0, 1.0
    if g2 < -ROUNDING * span2:
        low = -g2 / s2 if s2 > 0 else 2.0
    if g1 + s1 < -ROUNDING * span1:
        high = -g1 / s1 if s1 < 0 else -1.0
    if low > high + ROUNDING:
        return -1.0
    place = low
    if s1 < 0 and s2 > 0:
        place = min(max(-(g1 / s1 + g2 / s2) / 2, low), max(low, high))
    if g1 + place * s1 <= NEGLIGIBLE * span1 and g2 + place * s2 <= NEGLIGIBLE * span2:
        return -1.0
    return place
