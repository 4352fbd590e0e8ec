"""Searches from a point of each lane's own, and what is lost when a parameter is held at a value.

A value is in the likelihood-ratio set where twice the loss is below the chi-square quantile with
one degree of freedom (Wilks 1938): the interval of the profile likelihood. It does not depend on
how parameters are measured, and stays meaningful where the best value is at the end of its
interval, or at infinity.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.estimation.corners import leave_kinks
from comity.inference.estimation.lanes import Lanes, mapped
from comity.inference.estimation.likelihood import Tally, log_likelihood
from comity.inference.estimation.newton import Optimum, maximise
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

ROUNDS = (6, 6, 12, 40)
"""Iterations for all, and then for those that are still on their way."""


def likelihood_ratios(
    lanes: Lanes, ends: Optimum, covariance: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """Return twice the log-likelihood lost by holding each parameter at a value, shape (P, k).

    Parameters
    ----------
    ends : the unrestricted maxima, with a leading axis P.
    covariance : shape (P, k, k), about what the likelihood makes of the parameters; others start
        from where it takes them, or from the values, whichever is likelier.
    values : shape (P, k), on the whole line.

    A ratio below 0 says that the unrestricted search missed a better maximum.
    """
    people, k = values.shape
    lost = np.zeros((people, k))
    for j in range(k):
        slope = covariance[:, :, j] / covariance[:, j, j][:, None]
        moved = ends.point + slope * (values - ends.point)[:, j : j + 1]
        starts = np.stack([values, moved, ends.point], axis=1)
        lost[:, j] = 2 * (ends.value - highest(lanes, starts, values[:, j], j))
    return lost


def highest(lanes: Lanes, starts: np.ndarray, values: np.ndarray, j: int) -> np.ndarray:
    """Return the highest log-likelihood with parameter ``j`` held at everybody's value, shape (P,).

    Parameters
    ----------
    starts : shape (P, S, k), to set out from; kinks are left as in `fit_individuals`.
    values : shape (P,).
    """
    moving = np.arange(starts.shape[2]) != j

    def hold(points: np.ndarray, people: np.ndarray) -> np.ndarray:
        return np.where(moving, points, values[people][:, None, None])

    def look(points: np.ndarray, people: np.ndarray) -> np.ndarray:
        return lanes.look(hold(points, people), people)

    def climb(people: np.ndarray, points: np.ndarray) -> Optimum:
        return climb_from(lanes, people, hold(points, people), moving)

    everybody = np.arange(len(values))
    if not moving.any():
        return look(starts[:, :1], everybody)[:, 0]
    found = climb(everybody, starts)
    parameters = lanes.explanation.parameters
    return np.asarray(leave_kinks(parameters, found, look, climb)[0].value)


def climb_from(lanes: Lanes, people: np.ndarray, starts: np.ndarray, moving: np.ndarray) -> Optimum:
    """Return where searches end that set out from the likeliest of each person's own points.

    Parameters
    ----------
    people : shape (N,), whose searches.
    starts : shape (N, S, k).
    moving : shape (k,), false for parameters that stay where they start.
    """
    found = lanes.look(starts, people)
    best = np.argmax(np.where(np.isnan(found), -np.inf, found), axis=1)
    ends = _climb_all(lanes, people, starts[np.arange(len(people)), best], moving, ROUNDS[0])
    for most in ROUNDS[1:]:
        slow = np.flatnonzero(~ends.converged)
        if not len(slow):
            break
        later = _climb_all(lanes, people[slow], ends.point[slow], moving, most)
        for whole, part in zip(ends, later, strict=True):
            whole[slow] = part
    return ends


def _climb_all(
    lanes: Lanes, people: np.ndarray, points: np.ndarray, moving: np.ndarray, most: int
) -> Optimum:
    pieces = []
    with x64():
        for chosen, within in lanes.chunks(people):
            own = within[np.minimum(np.arange(len(chosen)), len(within) - 1)]
            given = (lanes.tally(chosen), jnp.asarray(points[own]), jnp.asarray(moving), most)
            found = _climb(lanes.explanation, lanes.layout, *given)
            pieces.append([np.asarray(leaf)[: len(within)] for leaf in found])
    return Optimum(*(np.concatenate(leaves) for leaves in zip(*pieces, strict=True)))


@partial(jax.jit, static_argnums=(0, 1))
def _climb(
    explanation: Explanation, layout: str, tally: Tally, points: Any, moving: Any, most: Any
) -> Optimum:
    def one(own: Tally, start: jax.Array) -> Optimum:
        return maximise(lambda x: log_likelihood(explanation, x, own), start, most, moving)

    found: Optimum = mapped(one, layout, tally, points)
    return found
