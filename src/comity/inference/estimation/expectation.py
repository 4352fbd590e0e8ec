"""The search for types: expectation and maximisation from many starts, then Newton's method."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.inference.estimation.blend import Blend
from comity.inference.estimation.newton import IDLE_GAIN, LEAST_GAIN, LONGEST_STEP, MOST_IDLE

LEAST_ODDS = -30.0
"""No type's log-odds are searched below this: a share of 1e-13."""
STIFFEST = 1e-8
"""Curvatures below this share of the largest count as this when a step is chosen."""
HALVINGS = 12
GAIN = 1e-7
"""Expectation and maximisation end where an iteration gains less than this."""


class Detail(NamedTuple):
    """The likelihood of one point to second order, and who seems to be what.

    Attributes
    ----------
    value, gradient, hessian : shapes (), (K + T - 1,), (K + T - 1, K + T - 1).
    scores : shape (P, K + T - 1), derivatives of the people's log-likelihoods.
    posteriors : shape (P, T).
    """

    value: float
    gradient: np.ndarray
    hessian: np.ndarray
    scores: np.ndarray
    posteriors: np.ndarray


class Ended(NamedTuple):
    """Where a search on the likelihood itself ended.

    Attributes
    ----------
    point : shape (K + T - 1,).
    detail : of that point.
    settled : whether nothing more was to be gained.
    steps : how many were taken.
    """

    point: np.ndarray
    detail: Detail
    settled: bool
    steps: int


def expect(blend: Blend, points: np.ndarray, by_type: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-likelihood (S, P) of every person and the posteriors (S, P, T) of types.

    Parameters
    ----------
    by_type : shape (S, P, T), what `Blend.by_type` says at the points.
    """
    joint = by_type + blend.split(points)[1][:, None, :]
    # Points from which a search ran into what is no number are passed over later.
    with np.errstate(invalid="ignore"):
        people = np.logaddexp.reduce(joint, axis=-1)
    possible = np.isfinite(people)[:, :, None]
    shifted = np.where(possible, joint - np.where(possible, people[:, :, None], 0.0), -np.inf)
    posteriors = np.where(possible, np.exp(shifted), 1 / joint.shape[2])
    return np.where(blend.live, people, 0.0), posteriors * blend.live[:, None]


def climb_by_types(
    blend: Blend, points: np.ndarray, iterations: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return points (S, K + T - 1) after expectation and maximisation, and the values on the way.

    Every iteration weighs people by their posteriors (Dempster, Laird and Rubin 1977), sets shares
    to their means and takes one guarded Newton step in the parameters (Lange 1995), which never
    lowers the likelihood. The values have shape (iterations + 1, S).
    """
    count = blend.sizes[1]
    by_type = blend.by_type(points[:, :count])
    trace = []
    for _ in range(iterations):
        people, posteriors = expect(blend, points, by_type)
        trace.append(people.sum(axis=1))
        if len(trace) > 1 and not (trace[-1] > trace[-2] + GAIN).any():
            return points, np.array(trace)
        odds = _log_odds(posteriors.sum(axis=1))
        values, by_type = _maximise(blend, points[:, :count], by_type, posteriors)
        points = np.concatenate([values, odds], axis=1)
    people, _ = expect(blend, points, by_type)
    return points, np.array([*trace, people.sum(axis=1)])


def _maximise(
    blend: Blend, values: np.ndarray, by_type: np.ndarray, posteriors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return better parameters (S, K) for given posteriors, and `Blend.by_type` there."""

    def worth(found: np.ndarray) -> np.ndarray:
        return np.where(posteriors > 0, posteriors * found, 0.0).sum(axis=(1, 2))

    gradient, hessian = blend.weighed(values, posteriors)
    step = newton_step(gradient, hessian)
    before = worth(by_type)
    todo = np.ones(len(values), bool)
    for _ in range(HALVINGS):
        trial = values + np.where(todo[:, None], step, 0.0)
        found = blend.by_type(trial)
        better = todo & (worth(found) >= before)
        values = np.where(better[:, None], trial, values)
        by_type = np.where(better[:, None, None], found, by_type)
        todo &= ~better
        if not todo.any():
            break
        step = step / 4
    return values, by_type


def climb_directly(blend: Blend, point: np.ndarray, most: int) -> Ended:
    """Return where Newton's method on the likelihood itself ends.

    It is given up, as a single search is, where step after step gains next to nothing.
    """
    count = blend.sizes[1]
    here, idle = detail(blend, point), 0
    for taken in range(most):
        if idle == MOST_IDLE:
            return Ended(point, here, False, taken)
        step = newton_step(here.gradient[None], here.hessian[None])[0]
        if abs(here.gradient @ step) < LEAST_GAIN * max(1.0, abs(here.value)):
            return Ended(point, here, True, taken)
        for _ in range(HALVINGS):
            trial = point + step
            trial[count:] = np.maximum(trial[count:], LEAST_ODDS)
            if value_at(blend, trial) >= here.value:
                break
            step = step / 4
        else:
            return Ended(point, here, False, taken)
        before, point, here = here.value, trial, detail(blend, trial)
        slow = here.value - before < IDLE_GAIN * max(1.0, abs(before))
        idle = idle + 1 if slow else 0
    return Ended(point, here, False, most)


def newton_step(gradient: np.ndarray, hessian: np.ndarray) -> np.ndarray:
    """Return steps (S, k) upwards along curvatures of either sign, none of them too long."""
    sizes, directions = np.linalg.eigh(-hessian)
    sizes = np.abs(sizes)
    least = np.maximum(STIFFEST * sizes.max(axis=1, initial=0.0), 1e-12)
    along = np.einsum("sij,si->sj", directions, gradient) / np.maximum(sizes, least[:, None])
    step = np.einsum("sij,sj->si", directions, along)
    longest = np.maximum(np.abs(step).max(axis=1, initial=0.0), 1e-300)
    return step * np.minimum(1.0, LONGEST_STEP / longest)[:, None]


def value_at(blend: Blend, point: np.ndarray) -> float:
    """Return the log-likelihood of all people at one point."""
    by_type = blend.by_type(point[None, : blend.sizes[1]])
    return float(expect(blend, point[None], by_type)[0].sum())


def detail(blend: Blend, point: np.ndarray) -> Detail:
    """Return the likelihood of one point to second order.

    Its Hessian is the posterior mean of the types' own Hessians and of the products of their
    scores, less the products of the mean scores (Louis 1982).
    """
    types, count = blend.sizes
    values = point[None, :count]
    people, posteriors = expect(blend, point[None], blend.by_type(values))
    own = posteriors[0]
    shares = np.exp(blend.split(point[None])[1][0])
    _, inner = blend.weighed(values, posteriors)
    scores = np.concatenate(
        [
            blend.slopes(values)[0],
            np.broadcast_to((np.eye(types) - shares)[:, 1:], (len(own), types, types - 1)),
        ],
        axis=2,
    )
    scores = np.where(own[:, :, None] > 0, scores, 0.0)
    mean = np.einsum("pt,pti->pi", own, scores)
    hessian = np.einsum("pt,pti,ptj->ij", own, scores, scores, optimize=True) - mean.T @ mean
    hessian[:count, :count] += inner[0]
    spread = np.diag(shares) - np.outer(shares, shares)
    hessian[count:, count:] -= blend.live.sum() * spread[1:, 1:]
    return Detail(float(people.sum()), mean.sum(axis=0), hessian, mean, own)


def _log_odds(totals: np.ndarray) -> np.ndarray:
    """Return log-odds (S, T - 1) against the first type for sums of posteriors (S, T)."""
    safe = np.maximum(totals, 1e-300)
    return np.maximum(np.log(safe[:, 1:] / safe[:, :1]), LEAST_ODDS)
