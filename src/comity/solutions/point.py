"""A point of a payoff set together with the weights that prove how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.games.plays import Lottery
from comity.solutions.payoff_sets import Vertex, mixture

NEGLIGIBLE = 1e-9
"""Share of the payoff range below which a gain counts as none, and two values as equal."""

GAP_TARGET = 1e-9
"""Largest gap of a solution that is called optimal."""


EXACT = 1e-11
"""A gap below this share of the payoff range is rounding."""


@dataclass(frozen=True)
class Point:
    """A mixture of plays, in gains over the disagreement point.

    Attributes
    ----------
    gains : shape (n,), in the units of the set it lies in.
    play : a lottery that yields them.
    objective : what the concept maximises, in the same units.
    gap : how much larger it could be.
    weights : shape (n,), the weights that prove the gap.
    proof : the proof in words.
    notes : what the reader should know besides.
    """

    gains: np.ndarray
    play: Lottery
    objective: float
    gap: float
    weights: np.ndarray
    proof: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Separation:
    """Weights under which no play is better than the disagreement point.

    Attributes
    ----------
    weights : shape (n,).
    margin : by how much the disagreement point is worth more.
    """

    weights: np.ndarray
    margin: float


def mix(vertices: Sequence[Vertex], chances: np.ndarray) -> tuple[np.ndarray, Lottery]:
    """Return gains and play of a mixture, without the vertices of chance 0."""
    used = np.flatnonzero(chances > 0).tolist()
    shares = chances[used] / chances[used].sum()
    gains = shares @ np.array([vertices[k].payoffs for k in used])
    return gains, mixture([vertices[k].play for k in used], shares)
