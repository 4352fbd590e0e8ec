"""Where searches for types set out."""

from __future__ import annotations

import dataclasses

import jax
import numpy as np

from comity.inference.estimation.blend import Blend
from comity.inference.estimation.diagnosis import half_widths
from comity.inference.estimation.lanes import make_lanes
from comity.inference.estimation.likelihood import tally
from comity.inference.estimation.maximum_likelihood import best_end, search
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts

MOST_ASKED = 200
"""So many people at most are fitted alone to find where types may lie."""
NARROW = 3.0
"""Fits of single people are kept within this many half widths of the middle of what is typical."""


def opening_points(
    blend: Blend, starts: int, rng: np.random.Generator
) -> tuple[np.ndarray, dict[Explanation, float]]:
    """Return points (S, K + T - 1), and the log-likelihood of each explanation for everybody.

    In every other start each type takes the parameters of a person drawn at random, who was fitted
    alone; in the others the types lie at random around the fit to all. Shares are even.
    """
    types, count = blend.sizes
    points = np.zeros((starts, count + types - 1))
    alone: dict[Explanation, float] = {}
    for explanation in dict.fromkeys(blend.explanations):
        own = [t for t, e in enumerate(blend.explanations) if e is explanation]
        common, alone[explanation] = _fit_to_all(explanation, blend, rng)
        people = _fits_of_people(explanation, blend, common, rng)
        spread = half_widths(explanation.parameters)
        for start in range(starts):
            drawn = rng.permutation(len(people))
            for j, t in enumerate(own):
                near = common + spread * rng.standard_normal(len(common))
                chosen = people[drawn[j % len(people)]]
                points[start, blend.positions[t]] = chosen if start % 2 == 0 else near
    return points, alone


def _fit_to_all(
    explanation: Explanation, blend: Blend, rng: np.random.Generator
) -> tuple[np.ndarray, float]:
    points = draw_starts(explanation.parameters, 4, rng)
    found = best_end(search(explanation, points, tally(explanation, blend.batch, blend.scale)))
    return np.asarray(found.point), float(found.value)


def _fits_of_people(
    explanation: Explanation, blend: Blend, common: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return fits of some people on the whole line, shape (people, k)."""
    live = np.flatnonzero(blend.live)
    asked = np.sort(rng.permutation(live)[:MOST_ASKED])
    batch = _of_people(blend.batch, asked)
    ends = make_lanes(explanation, batch, blend.scale).climb(common[None])
    edges = np.array([p.free_interval() for p in explanation.parameters]).reshape(-1, 2)
    middle, reach = edges.mean(axis=1), NARROW * half_widths(explanation.parameters)
    return np.clip(ends.point, middle - reach, middle + reach)


def _of_people(batch: Batch, people: np.ndarray) -> Batch:
    rows = jax.tree.map(lambda leaf: np.asarray(leaf)[people], batch.rows)
    return dataclasses.replace(batch, rows=rows)
