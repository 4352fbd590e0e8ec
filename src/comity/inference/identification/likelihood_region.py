"""The region of parameters that the evidence leaves open, seen from its edge.

All parameters whose likelihood is within the chi-square distance of the maximum (Wilks 1938) form
a region. What an explanation predicts elsewhere is known only up to the range over this region
(a projection of a likelihood-ratio set), which is wide along directions that the design does not
identify. The edge is searched along rays from the maximum, so a range found is a lower bound of
the true one; rays along the axes of the curvature are always among them.
"""

from __future__ import annotations

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import look, prepare, slopes_at, tally
from comity.inference.estimation.maximum_likelihood import curvature_at, search
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation

FURTHEST = 12.0
"""No coordinate on the whole line is followed further than this from the maximum."""
STEPS = 24
HALVINGS = 12
SEEN = 1e-8
"""Directions with less information than this, beside the largest, tell nothing of dependence."""


def likelihood_region(
    explanation: Explanation,
    evidence: Evidence,
    free: np.ndarray,
    *,
    level: float = 0.9,
    rays: int = 24,
    people: np.ndarray | None = None,
    spread: float = 1.0,
    rng: Rng = 0,
) -> np.ndarray:
    """Return points on the edge of the region of a level, and the maximum first, shape (D, k).

    Parameters
    ----------
    free : shape (k,), the maximum on the whole line.
    rays : random directions, besides those along the axes of the curvature.
    people : shape (P,), how much each person counts; all alike unless given.
    spread : by how much the likelihood overstates what the decisions tell, because those of one
        person depend on each other (1 where they do not); see `overstatement`.

    Along each ray the edge is where the likelihood first falls below the level's, found to 1/4000
    of the distance looked at. Raises `InputError` where the choices have probability 0 there.
    """
    if not 0 < level < 1:
        raise InputError("out of range", place="level", found=level, expected="within (0, 1)")
    from scipy.stats import chi2

    k = len(free)
    if k == 0:
        return np.zeros((1, 0))
    batch, _, scale = prepare(explanation, evidence)
    counted = tally(explanation, batch, scale, people)
    top = search(explanation, np.tile(free, (8, 1)), counted)
    best = int(np.argmax(np.where(np.isfinite(top.value), top.value, -np.inf)))
    if not np.isfinite(top.value[best]):
        raise InputError(
            "the choices have no likelihood here",
            place=explanation.name,
            found=float(top.value[best]),
            expected="a point that allows every choice",
        )
    drop = spread * float(chi2.ppf(level, k)) / 2
    directions = _directions(-top.hessian[best], drop, rays, as_generator(rng))
    reach = FURTHEST / np.abs(directions).max(axis=1)

    def inside(lengths: np.ndarray) -> np.ndarray:
        points = top.point[best] + lengths[..., None] * directions[:, None, :]
        found = look(explanation, points.reshape(-1, k), counted).reshape(lengths.shape)
        return found >= top.value[best] - drop

    edges = _edges(inside, reach)
    return np.concatenate([top.point[best][None], top.point[best] + edges[:, None] * directions])


def overstatement(
    explanation: Explanation,
    evidence: Evidence,
    free: np.ndarray,
    people: np.ndarray | None = None,
) -> float:
    """Return by how much a likelihood overstates what decisions tell, 1 or more.

    Parameters
    ----------
    free, people : as in `likelihood_region`.

    The largest ratio of clustered to plain variance over all directions that are seen: twice the
    fall of the likelihood at the truth is then no larger, in large samples, than so many times a
    chi-square (Kent 1982; Rao and Scott 1981). 1 for a single person, who has no clusters;
    infinite, so that nothing is ruled out, where slopes are not finite.
    """
    batch, _, scale = prepare(explanation, evidence)
    weights = np.ones(batch.people) if people is None else np.asarray(people, float)
    count = int((np.bincount(evidence.person, minlength=batch.people) * weights > 0).sum())
    if not len(free) or count < 2:
        return 1.0
    information = -curvature_at(explanation, free, tally(explanation, batch, scale, weights))
    scores = np.asarray(slopes_at(explanation, free, batch, scale)).sum(axis=1)
    scores = np.where(weights[:, None] > 0, weights[:, None] * scores, 0.0)
    sizes, axes = np.linalg.eigh(information)
    seen = sizes > SEEN * max(float(sizes.max()), 1e-300)
    if not np.isfinite(scores).all():
        return np.inf
    if not seen.any():
        return 1.0
    whitened = scores @ axes[:, seen] / np.sqrt(sizes[seen])
    ratios = np.linalg.eigvalsh(whitened.T @ whitened) * count / (count - 1)
    return max(1.0, float(ratios.max()))


def _directions(
    curvature: np.ndarray, drop: float, rays: int, rng: np.random.Generator
) -> np.ndarray:
    """Return directions both ways, shape (2 (k + rays), k).

    A step of 1 would end at the edge if the likelihood were a parabola, or at the furthest that
    is looked at.
    """
    sizes, axes = np.linalg.eigh(curvature)
    lengths = np.minimum(np.sqrt(2 * drop / np.maximum(sizes, 1e-12)), FURTHEST)
    mixed = rng.standard_normal((rays, len(sizes)))
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    both = np.concatenate([np.eye(len(sizes)), mixed]) * lengths
    along = both @ axes.T
    return np.concatenate([along, -along])


def _edges(inside: object, reach: np.ndarray) -> np.ndarray:
    """Return how far along each direction one stays inside: a grid of steps, then bisection."""
    assert callable(inside)
    grid = np.geomspace(1e-3, 1.0, STEPS) * np.minimum(reach, 8.0)[:, None]
    held = np.cumprod(inside(grid), axis=1).astype(bool)
    count = held.sum(axis=1)
    rows = np.arange(len(grid))
    low = np.where(count > 0, grid[rows, np.maximum(count - 1, 0)], 0.0)
    high = np.where(count < STEPS, grid[rows, np.minimum(count, STEPS - 1)], low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        stays = inside(middle[:, None])[:, 0]
        low, high = np.where(stays, middle, low), np.where(stays, high, middle)
    return low
