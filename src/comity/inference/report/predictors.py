"""What predicts these people best: predictors ranked, with intervals that hold for all at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from comity.core import Certified
from comity.core.page.words import clean
from comity.inference.report.explanations import dot
from comity.inference.report.lanes import Lane, Lanes
from comity.inference.report.words import KINDS, Shown, shown, shown_share, untold
from comity.inference.results import Understanding

COLOURS = {"mixture": "p0", "individual": "p2", "explanation": "p1", "yardstick": "untold"}
SHAPES = {"mixture": "disc", "individual": "diamond", "explanation": "disc", "yardstick": "ring"}


@dataclass(frozen=True)
class Row:
    """One predictor in words; ``yardstick`` marks what anything worth its name must beat."""

    name: str
    kind: str
    held_out: Shown
    accuracy: Shown
    behind: Shown
    yardstick: bool
    best: bool


def rows(understanding: Understanding) -> list[Row]:
    """Return the predictors in the order of the result, the best first."""
    return [
        Row(
            clean(c.name),
            KINDS.get(c.kind, clean(c.kind)),
            shown(c.held_out),
            shown_share(c.accuracy),
            shown(c.behind),
            c.kind == "yardstick",
            k == 0,
        )
        for k, c in enumerate(understanding.comparisons)
    ]


def scored_on(understanding: Understanding) -> str:
    """Return which decisions the predictors are scored on, as the best one's score says."""
    first = understanding.comparisons[:1]
    return clean(first[0].held_out.method) if first else ""


def plot(understanding: Understanding) -> Lanes | None:
    """Return how far each predictor is behind the best; ``None`` with fewer than two."""
    if len(understanding.comparisons) < 2:
        return None
    lanes = [
        Lane(
            clean(c.name) + (" (yardstick)" if c.kind == "yardstick" else ""),
            (dot(c.behind, COLOURS.get(c.kind, "p3"), SHAPES.get(c.kind, "disc")),),
            "the best" if k == 0 else _distance(c.behind),
        )
        for k, c in enumerate(understanding.comparisons)
        if k == 0 or not untold(c.behind)
    ]
    return Lanes(lanes, "behind the best, in log-likelihood per decision", reference=0.0)


def _distance(behind: Certified) -> str:
    """Return how far behind a predictor is, or why without end."""
    return "ruled out a choice" if math.isinf(behind.value) else str(shown(behind))
