"""Compiled loops of `comity.agreement.studies.batch`: what CGS adds to the solutions' kernels.

Numba's cache does not see changes in other files: after work on the kernels of `comity.solutions`,
touch this file.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np

from comity.core.compiling import compiled
from comity.solutions.maximin_kernel import security, workspace
from comity.solutions.nash_kernel import mixed_payoff, nash_lottery

TOLERANCE = 1e-9
AGREED, REFUSED, NO_GAIN = 0, 1, 2


@compiled()
def rounds(
    models: np.ndarray,
    reports: np.ndarray,
    gain_tolerance: float,
    distance_tolerance: float,
    status: np.ndarray,
    lottery: np.ndarray,
    weight: np.ndarray,
    payoffs: np.ndarray,
    common: np.ndarray,
    start: np.ndarray,
) -> None:
    """Run one round per entry of the batch and write what `comity.agreement.studies.batch` returns.

    A tolerance of infinity leaves out its rule.
    """
    batch, _, _, r, c = models.shape
    work, safe = workspace(r, c), np.empty((2, 2, max(r, c)))
    mean = np.empty((2, r, c))
    for k in range(batch):
        _mean(reports[k], mean)
        for i in range(2):
            start[k, i] = security(mean, i, work, safe[i, i])
        one, two = mean[0].ravel(), mean[1].ravel()
        first, second, share = nash_lottery(one, two, start[k, 0], start[k, 1])
        status[k] = NO_GAIN
        if first >= 0:
            lottery[k, 0], lottery[k, 1], weight[k] = first, second, share
            common[k, 0] = mixed_payoff(one, first, second, share)
            common[k, 1] = mixed_payoff(two, first, second, share)
            for i in range(2):
                payoffs[k, i] = mixed_payoff(models[k, i, i].ravel(), first, second, share)
            near = _distance(reports[k]) <= distance_tolerance + TOLERANCE
            status[k] = AGREED if near else REFUSED
        if status[k] != AGREED or gain_tolerance < np.inf:
            _play_safe(models[k], work, safe)
            if status[k] == AGREED and not _all_gain(models[k], safe, payoffs[k], gain_tolerance):
                status[k] = REFUSED
            if status[k] != AGREED:
                for i in range(2):
                    payoffs[k, i] = _mixed(models[k, i, i], safe[0, 0], safe[1, 1])


@compiled()
def _mean(pair: np.ndarray, mean: np.ndarray) -> None:
    for i in range(mean.shape[0]):
        for p in range(mean.shape[1]):
            for q in range(mean.shape[2]):
                mean[i, p, q] = pair[0, i, p, q] + 0.5 * (pair[1, i, p, q] - pair[0, i, p, q])


@compiled()
def _play_safe(views: np.ndarray, work: tuple[np.ndarray, np.ndarray], safe: np.ndarray) -> None:
    """Write what each one's model (first axis) takes to be the safe strategy of each (second)."""
    for i in range(2):
        for j in range(2):
            security(views[i], j, work, safe[i, j])


@compiled()
def _all_gain(views: np.ndarray, safe: np.ndarray, payoffs: np.ndarray, tolerance: float) -> bool:
    """Return whether each gets what its own model promises if all played safe in it."""
    for i in range(2):
        fallback = _mixed(views[i, i], safe[i, 0], safe[i, 1])
        if payoffs[i] < fallback - tolerance - TOLERANCE:
            return False
    return True


@compiled()
def _mixed(table: np.ndarray, left: np.ndarray, right: np.ndarray) -> float:
    total = 0.0
    for p in range(table.shape[0]):
        for q in range(table.shape[1]):
            total += left[p] * table[p, q] * right[q]
    return total


@compiled()
def _distance(pair: np.ndarray) -> float:
    far = 0.0
    for i in range(pair.shape[1]):
        for p in range(pair.shape[2]):
            for q in range(pair.shape[3]):
                far = max(far, abs(pair[0, i, p, q] - pair[1, i, p, q]))
    return far
