"""Two parties: the edge of the frontier on which a solution lies, found by walking to it.

Between the best corner A for the first party and the best corner B for the second, ask for the
play that is best across the line AB. If none lies beyond, AB is an edge of the frontier and the
solution on it is a closed form; otherwise the new corner splits the search, and the concept says
on which side to go on. Every step uses only `maximise`, is unchanged by scaling and shifting either
party's payoffs, and the result is exact up to rounding: the weights across the edge prove it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.solutions.payoff_sets import ScaledSet, Vertex
from comity.solutions.point import NEGLIGIBLE, Point, Separation, mix

ROUNDING = 1e-12
MAX_STEPS = 10_000

Side = Callable[[np.ndarray, np.ndarray], bool]
"""Given the gains at a corner and the weights it is best for: does the solution lie towards A?"""

FIRST, SECOND = np.array([1.0, 0.0]), np.array([0.0, 1.0])


@dataclass(frozen=True)
class Edge:
    """An edge of the frontier from ``first`` (better for party 1) to ``second``.

    Attributes
    ----------
    first, second : its ends; equal where the frontier is a point.
    normal : shape (2,), weights that are largest on the edge, summing to 1.
    bound : no play has a larger weighted gain under ``normal``.
    """

    first: Vertex
    second: Vertex
    normal: np.ndarray
    bound: float

    @property
    def start(self) -> np.ndarray:
        """Gains at the end that is better for party 1."""
        return self.first.payoffs

    @property
    def step(self) -> np.ndarray:
        """Change of gains from end to end: party 1 loses, party 2 wins."""
        return self.second.payoffs - self.first.payoffs

    def rational(self) -> tuple[float, float] | None:
        """Return the interval of the edge on which neither party loses, or ``None``."""
        low = _crossing(self.start[1], self.step[1])
        high = 1 - _crossing(self.second.payoffs[0], -self.step[0])
        if low > high + ROUNDING:
            return None
        return low, max(low, high)

    def at(self, place: float) -> tuple[np.ndarray, Point]:
        """Return gains at a place in [0, 1] along the edge, and an unproved point there."""
        gains, play = mix((self.first, self.second), np.array([1 - place, place]))
        return gains, Point(gains, play, np.nan, np.inf, self.normal, "")


def _crossing(start: float, step: float) -> float:
    """Return how far to go until a gain that starts here and rises by ``step`` is not negative."""
    if start >= -ROUNDING:
        return 0.0
    return -start / step if step > 0 else np.inf


def supporting_edge(view: ScaledSet, towards_first: Side) -> Edge:
    """Return the edge of the frontier that holds the point which ``towards_first`` leads to.

    The number of questions grows with the logarithm of the number of corners in practice, and
    never exceeds it by more than three.
    """
    first, second = view.maximise(FIRST), view.maximise(SECOND)
    normal, bound = (FIRST + SECOND) / 2, (first.upper_bound + second.upper_bound) / 2
    for _ in range(MAX_STEPS):
        step = second.payoffs - first.payoffs
        across = np.array([step[1], -step[0]])
        across[across <= ROUNDING] = 0.0
        if not across.any():
            break
        normal = across / across.sum()
        corner = view.maximise(normal)
        bound = corner.upper_bound
        if normal @ (corner.payoffs - first.payoffs) <= ROUNDING:
            break
        if towards_first(corner.payoffs, normal):
            second = corner
        else:
            first = corner
    return Edge(first, second, normal, bound)


def favourite(view: ScaledSet, party: int) -> Point | Separation:
    """Return what is best for one party (0 or 1) while the other does not lose."""
    other = 1 - party

    def towards_first(gains: np.ndarray, normal: np.ndarray) -> bool:
        return bool(gains[other] >= 0) == (party == 0)

    edge = supporting_edge(view, towards_first)
    place = edge.rational()
    if place is None:
        return Separation(edge.normal, -edge.bound)
    gains, point = edge.at(place[party])
    if gains.max() <= NEGLIGIBLE:
        return Separation(edge.normal, -edge.bound)
    # Lagrange: with multiplier w_other / w_party a bound on w @ gains bounds the gain itself.
    alone = (FIRST, SECOND)[party]
    proofs = [(alone, view.maximise(alone).upper_bound)]
    if edge.normal[party] > 0:
        proofs.append((edge.normal, edge.bound / edge.normal[party]))
    weights, bound = min(proofs, key=lambda proof: proof[1])
    gap = max(0.0, bound - gains[party])
    return Point(gains, point.play, float(gains[party]), gap, weights, EDGE_PROOF)


EDGE_PROOF = "no play lies beyond the edge of the frontier that holds it"


def ray(view: ScaledSet, shares: np.ndarray, rational: bool = True) -> Point | Separation:
    """Return the undominated point whose smaller gain per share is largest.

    Where the ray from the origin along ``shares`` meets the frontier, that is where it meets it;
    else it is the end of the frontier that the ray passes by.
    """
    edge = supporting_edge(view, lambda gains, _: gains[0] * shares[1] < gains[1] * shares[0])
    start, step = edge.start / shares, edge.step / shares
    closing = step[1] - step[0]
    place = np.clip((start[0] - start[1]) / closing, 0, 1) if closing > 0 else 0.0
    if edge.normal[1] <= 0 and edge.normal[0] > 0:
        place = 1.0
    elif edge.normal[0] <= 0:
        place = 0.0
    gains, point = edge.at(float(place))
    level = float(np.min(gains / shares))
    proofs = [(edge.normal, edge.bound)]
    proofs += [(w, view.maximise(w).upper_bound) for w in (FIRST, SECOND)]
    weights, bound = min(proofs, key=lambda proof: proof[1] / (proof[0] @ shares))
    gap = max(0.0, bound / (weights @ shares) - level)
    if rational and (gains.min() < -ROUNDING or gains.max() <= NEGLIGIBLE):
        return Separation(weights, -bound)
    return Point(gains, point.play, level, gap, weights, EDGE_PROOF)
