"""Where the truth stands in a posterior: ranks that are even if and only if all is right.

Simulation-based calibration draws parameters from a prior and data from the parameters; the rank of
a true parameter within its posterior is then evenly distributed (Cook, Gelman and Rubin 2006; Talts
and others 2018). It usually needs draws from the posterior. Here the truth joins points that were
proposed in view of the data alone, and all of them are weighed by prior times likelihood over
proposal. Given these points and the data, which of them is the truth has exactly these weights as
its chances, so that the weighted rank, with ties split at random, is even whatever the proposal and
however few the points: nothing is approximated. Only the power to find a fault depends on them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.core.randomness import Rng, as_generator


class Proposal(NamedTuple):
    """Points for P data sets, and what weighs them.

    Attributes
    ----------
    points : shape (P, M, k).
    log_prior : shape (P, M), up to a constant; minus infinity outside the prior.
    log_density : shape (P, M), of the proposal.
    """

    points: np.ndarray
    log_prior: np.ndarray
    log_density: np.ndarray


def propose(
    truth: np.ndarray,
    centre: np.ndarray,
    covariance: np.ndarray,
    box: np.ndarray,
    count: int,
    rng: Rng,
) -> Proposal:
    """Return the truth as the first of ``count`` points, the rest drawn in view of the data alone.

    Parameters
    ----------
    truth, centre : shape (P, k); the latter, with the covariance, from data.
    covariance : shape (P, k, k), positive definite.
    box : shape (k, 2), the ends of an even prior.

    Half of the points come from the normal distribution with twice the covariance, half from the
    box, at random.
    """
    generator = as_generator(rng)
    people, k = truth.shape
    low, wide = box[:, 0], np.diff(box, axis=1)[:, 0]
    root = np.linalg.cholesky(2 * covariance)
    middle = np.clip(centre, box[:, 0], box[:, 1])
    normal = generator.standard_normal((people, count, k))
    near = middle[:, None] + np.einsum("pij,pmj->pmi", root, normal)
    even = low + wide * generator.random((people, count, k))
    points = np.where(generator.random((people, count, 1)) < 0.5, near, even)
    points[:, 0] = truth
    inside = ((points >= box[:, 0]) & (points <= box[:, 1])).all(axis=-1)
    away = np.linalg.solve(root[:, None], (points - middle[:, None])[..., None])[..., 0]
    size = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    log_normal = -0.5 * (away**2).sum(axis=-1) - size[:, None] - 0.5 * k * np.log(2 * np.pi)
    log_even = np.where(inside, -np.log(wide).sum(), -np.inf)
    return Proposal(points, log_even, np.logaddexp(log_normal, log_even) - np.log(2))


def exact_ranks(
    proposal: Proposal, log_likelihood: np.ndarray, rng: Rng
) -> tuple[np.ndarray, np.ndarray]:
    """Return ranks of the truths in (0, 1), shape (P, k), and effective numbers of points, (P,).

    Parameters
    ----------
    log_likelihood : shape (P, M), of the points, the truth the first.

    The effective number is one over the sum of the squared weights: near 1 a rank is left to
    chance, and finds no fault.
    """
    generator = as_generator(rng)
    logs = proposal.log_prior + log_likelihood - proposal.log_density
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    below = proposal.points < proposal.points[:, :1]
    level = proposal.points == proposal.points[:, :1]
    shares = generator.random((len(weights), 1))
    ranks = np.einsum("pm,pmk->pk", weights, below + shares[..., None] * level)
    return ranks, 1 / (weights**2).sum(axis=1)


def evenness(ranks: np.ndarray, bins: int) -> tuple[np.ndarray, float]:
    """Return how many ranks fall in each bin, shape (bins,), and the chance of less even counts."""
    from scipy.stats import chi2

    places = np.minimum((ranks * bins).astype(int), bins - 1)
    counts = np.bincount(places, minlength=bins)
    expected = len(ranks) / bins
    return counts, float(chi2.sf(((counts - expected) ** 2 / expected).sum(), bins - 1))
