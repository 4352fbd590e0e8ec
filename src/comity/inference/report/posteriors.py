"""Everybody's posterior side by side: a column a person, a colour an explanation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core.page.words import clean
from comity.inference.results import People

MOST_COLUMNS = 240
"""Columns of the picture; where there are more people, each stands for its neighbours."""

COLOURED = 5
"""Explanations with a colour of their own; the others share one."""

WIDTH, HEIGHT, LANE = 720.0, 150.0, 12.0


@dataclass(frozen=True)
class Columns:
    """The picture in pixels.

    Attributes
    ----------
    areas : (class, explanation, SVG path), the first at the bottom.
    untold : (x, width) of the columns of people who are not assigned.
    each : how many people one column stands for.
    """

    areas: list[tuple[str, str, str]]
    untold: list[tuple[float, float]]
    each: int
    width: float = WIDTH
    height: float = HEIGHT
    lane: float = LANE


def columns(people: People) -> Columns:
    """Return the picture of who is explained by what."""
    order = ordered(people.posteriors)
    count = len(order)
    each = -(-count // MOST_COLUMNS)
    kept = order[each // 2 :: each] if each > 1 else order
    table = people.posteriors[kept]
    names = list(map(clean, people.explanations))
    if len(names) > COLOURED + 1:
        table = np.column_stack([table[:, :COLOURED], table[:, COLOURED:].sum(axis=1)])
        names = [*names[:COLOURED], f"{len(names) - COLOURED} others"]
    edges = np.linspace(0, WIDTH, len(table) + 1)
    tops = np.cumsum(table, axis=1)
    areas, below = [], np.zeros(len(table))
    for m, name in enumerate(names):
        areas.append((f"p{m}", name, _area(edges, below, tops[:, m])))
        below = tops[:, m]
    untold = people.posteriors[kept].max(axis=1) < people.level
    return Columns(areas, _runs(edges, untold), each)


def ordered(posteriors: np.ndarray) -> np.ndarray:
    """Return people by the explanation they most likely follow, the surest first."""
    best = posteriors.argmax(axis=1)
    return np.lexsort((-posteriors.max(axis=1), best))


def _area(edges: np.ndarray, low: np.ndarray, high: np.ndarray) -> str:
    """Return the area between two staircases as an SVG path."""
    upper, lower = _stairs(edges, high), _stairs(edges, low)[::-1]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (*upper, *lower)) + "Z"


def _stairs(edges: np.ndarray, shares: np.ndarray) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for k, share in enumerate(shares):
        y = round(HEIGHT * (1 - float(share)), 1)
        points += [(round(float(edges[k]), 1), y), (round(float(edges[k + 1]), 1), y)]
    return points


def _runs(edges: np.ndarray, marked: np.ndarray) -> list[tuple[float, float]]:
    """Return (start, width) of each run of marked columns."""
    steps = np.diff(np.concatenate([[0], marked.astype(int), [0]]))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [
        (round(float(edges[a]), 1), round(float(edges[b] - edges[a]), 1))
        for a, b in zip(starts, ends, strict=True)
    ]
