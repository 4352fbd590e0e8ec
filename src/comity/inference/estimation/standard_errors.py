"""Standard errors: from curvature alone, or robust to dependence within clusters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.choices import pick
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.parameters import Parameter
from comity.inference.numerics import x64

CLUSTERS: dict[str, Callable[[Evidence], np.ndarray]] = {
    "person": lambda evidence: evidence.person,
    "study": lambda evidence: evidence.study,
    "game": lambda evidence: evidence.game,
    "sequence": lambda evidence: evidence.sequence,
    "decision": lambda evidence: np.arange(len(evidence)),
}
"""What decisions may have in common that makes them depend on each other, by name."""


def cluster_labels(evidence: Evidence, cluster: str) -> np.ndarray:
    """Return the cluster of each row, shape (N,), as whole numbers from 0."""
    column = pick(CLUSTERS, cluster, "no such cluster", "cluster")(evidence)
    return np.unique(column, return_inverse=True)[1]


def cluster_sums(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the sum of the rows' scores (N, k) in each cluster, shape (C, k)."""
    sums = np.zeros((int(labels.max(initial=-1)) + 1, scores.shape[1]))
    np.add.at(sums, labels, scores)
    return sums


def sandwich(inverse: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return the covariance of estimates that allows any dependence within clusters.

    It is ``C / (C - 1) J^-1 (sum of s s') J^-1`` with the clusters' scores s and the inverse
    information ``J^-1``, both on the same scale (Liang and Zeger 1986; the factor for small
    numbers of clusters is that of Stata's ``vce(cluster)``).

    Parameters
    ----------
    inverse : shape (k, k); rows and columns of ``nan`` stay so.
    scores : shape (C, k), C at least 2.
    """
    count = len(scores)
    known = np.where(np.isnan(inverse), 0.0, inverse)
    bread = scores @ known
    found = count / (count - 1) * bread.T @ bread
    return np.where(np.isnan(inverse), np.nan, found)


def natural_slopes(parameters: tuple[Parameter, ...], free: np.ndarray, scale: float) -> np.ndarray:
    """Return how fast each parameter moves with its point on the whole line, shape (..., k)."""
    if not parameters:
        return np.zeros(np.shape(free))
    with x64():
        return np.asarray(_natural_slopes(parameters, jnp.asarray(free, float), scale))


@partial(jax.jit, static_argnums=0)
def _natural_slopes(parameters: tuple[Parameter, ...], free: jax.Array, scale: Any) -> jax.Array:
    def total(at: jax.Array) -> jax.Array:
        return sum(
            (jnp.sum(p.constrain(at[..., i], scale)) for i, p in enumerate(parameters)),
            jnp.asarray(0.0),
        )

    return jax.grad(total)(free)


def delta_method(covariance: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Return the covariance (..., k, k) of parameters from that on the whole line."""
    return covariance * slopes[..., :, None] * slopes[..., None, :]


def errors_of(covariance: np.ndarray) -> np.ndarray:
    """Return standard errors, shape (..., k), ``nan`` where there is none."""
    spread = np.diagonal(covariance, axis1=-2, axis2=-1)
    return np.sqrt(np.where(spread >= 0, spread, np.nan))
