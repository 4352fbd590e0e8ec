"""The campsite figures once more, in exact fractions and plain loops, without comity.

An independent check: nothing here imports from comity or NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, permutations, product

TYPES = tuple(permutations((5, 4, 3)))
DEALS = tuple(product(range(4), repeat=3))
NO_DEAL = 5
Point = tuple[Fraction, Fraction]
Play = dict[tuple[int, ...], Fraction]


def worth(kind: Sequence[int], deal: Sequence[int], role: int) -> int:
    """Return the points of a deal, given as packages of the first camper."""
    return sum(v * (k if role == 0 else 3 - k) for v, k in zip(kind, deal, strict=True))


def _ideal(gains: Sequence[Point]) -> Point:
    return max(g[0] for g in gains), max(g[1] for g in gains)


def _shares(gain: Point, ideal: Point) -> list[Fraction]:
    return sorted((gain[0] / ideal[0], gain[1] / ideal[1]))


KEYS: dict[str, Callable[[Point, Point], object]] = {
    "nash": lambda gain, ideal: gain[0] * gain[1],
    "kalai-smorodinsky": _shares,
    "kalai-smorodinsky, smallest share only": lambda gain, ideal: _shares(gain, ideal)[0],
    "egalitarian": lambda gain, ideal: sorted(gain),
    "utilitarian": lambda gain, ideal: sum(gain),
}


def listed(concept: str, first: Sequence[int], second: Sequence[int], tie_break: str) -> Play:
    """Return the play over single deals; every one that leaves nobody below no deal is tried."""
    gains = {
        deal: (
            Fraction(worth(first, deal, 0) - NO_DEAL),
            Fraction(worth(second, deal, 1) - NO_DEAL),
        )
        for deal in DEALS
    }
    gains = {deal: gain for deal, gain in gains.items() if min(gain) >= 0}
    ideal = _ideal(list(gains.values()))
    keys = {deal: KEYS[concept](gain, ideal) for deal, gain in gains.items()}
    top = max(keys.values())  # type: ignore[type-var]
    best = [deal for deal, key in keys.items() if key == top]
    best = best[:1] if tie_break == "first" else best
    return {deal: Fraction(1, len(best)) for deal in best}


def _frontier(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the upper right hull, from left to right (Andrew 1979)."""
    hull: list[Point] = []
    for point in sorted(set(points)):
        while len(hull) > 1 and _turn(hull[-2], hull[-1], point) >= 0:
            hull.pop()
        hull.append(point)
    top = max(range(len(hull)), key=lambda k: (hull[k][1], hull[k][0]))
    return hull[top:]


def _turn(a: Point, b: Point, c: Point) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _nash_share(p: Point, q: Point) -> Fraction:
    """Return the share of q that maximises the product of gains between p and q."""
    across, down = q[0] - p[0], q[1] - p[1]
    return min(max(-(p[1] * across + p[0] * down) / (2 * across * down), Fraction(0)), Fraction(1))


def _on_ray(p: Point, q: Point, ray: Point) -> Fraction:
    """Return the share of q nearest to where the ray from 0 crosses the line p q."""
    side = [z[0] * ray[1] - z[1] * ray[0] for z in (p, q)]
    return min(max(side[0] / (side[0] - side[1]), Fraction(0)), Fraction(1))


def _best_alone(edges: Sequence[tuple[Point, Point]], who: int) -> Fraction:
    """Return the largest gain of one on the frontier while the other loses nothing."""
    best = Fraction(0)
    for p, q in edges:
        for z in (p, q):
            best = max(best, z[who]) if min(z) >= 0 else best
        if p[1 - who] * q[1 - who] < 0:
            share = p[1 - who] / (p[1 - who] - q[1 - who])
            best = max(best, p[who] + share * (q[who] - p[who]))
    return best


def lottery(concept: str, first: Sequence[int], second: Sequence[int]) -> Play:
    """Return the play over lotteries; deals of equal points to both share their part equally."""
    at = {
        deal: (
            Fraction(worth(first, deal, 0) - NO_DEAL),
            Fraction(worth(second, deal, 1) - NO_DEAL),
        )
        for deal in DEALS
    }
    edges = list(pairwise(_frontier(list(at.values()))))
    ray = (Fraction(1), Fraction(1))
    if concept == "kalai-smorodinsky":
        ray = (_best_alone(edges, 0), _best_alone(edges, 1))
    found = []
    for p, q in edges:
        share = _nash_share(p, q) if concept == "nash" else _on_ray(p, q, ray)
        gain = tuple((1 - share) * a + share * b for a, b in zip(p, q, strict=True))
        score = gain[0] * gain[1] if concept == "nash" else min(gain[0] / ray[0], gain[1] / ray[1])
        if min(gain) >= 0:
            found.append((score, p, q, share))
    _, p, q, share = max(found)
    play: Play = {}
    for corner, part in ((p, 1 - share), (q, share)):
        same = [deal for deal in DEALS if at[deal] == corner]
        for deal in same if part else ():
            play[deal] = play.get(deal, Fraction(0)) + part / len(same)
    return play


def figures(concept: str, lotteries: bool, tie_break: str) -> tuple[Fraction, Fraction, Fraction]:
    """Return points each with honesty, with the best interim lie and with the best ex post lie."""
    plays = {
        (a, b): lottery(concept, a, b) if lotteries else listed(concept, a, b, tie_break)
        for a in TYPES
        for b in TYPES
    }
    totals = [Fraction(0)] * 3
    for role, kind in product((0, 1), TYPES):
        value = {
            (mine, other): sum(
                part * worth(kind, deal, role)
                for deal, part in plays[(mine, other) if role == 0 else (other, mine)].items()
            )
            for mine in TYPES
            for other in TYPES
        }
        expected = {mine: sum(value[mine, other] for other in TYPES) for mine in TYPES}
        totals[0] += expected[kind]
        totals[1] += max(expected.values())
        totals[2] += sum(max(value[mine, other] for mine in TYPES) for other in TYPES)
    return totals[0] / 72, totals[1] / 72, totals[2] / 72
