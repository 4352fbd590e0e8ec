"""What makes one equilibrium better than another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from comity.core import InputError

Objective = Literal["utilitarian", "egalitarian"] | Sequence[float] | np.ndarray
"""The sum of payoffs, the smallest payoff, or a weighted sum."""


def objective_weights(objective: Objective, n: int) -> np.ndarray | None:
    """Return the weights of a sum of payoffs, or ``None`` for the egalitarian objective."""
    if isinstance(objective, str) and objective in ("utilitarian", "egalitarian"):
        return np.ones(n) if objective == "utilitarian" else None
    weights = np.zeros(0) if isinstance(objective, str) else np.asarray(objective, dtype=float)
    if weights.shape != (n,) or not np.isfinite(weights).all():
        raise InputError(
            "no such objective",
            place="objective",
            found=repr(objective),
            expected=f"utilitarian, egalitarian or {n} weights",
        )
    return weights


def score(payoffs: np.ndarray, objective: Objective) -> np.ndarray:
    """Return the objective of payoffs of shape (m, n), shape (m,)."""
    weights = objective_weights(objective, payoffs.shape[1])
    return payoffs.min(axis=1) if weights is None else payoffs @ weights
