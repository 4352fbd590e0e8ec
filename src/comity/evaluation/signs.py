"""Whether differences of paired matches can be chance: their signs drawn anew.

Were two agents alike, either could have played either part of a match, so the differences of all
scores in a match would be as likely with the other sign. Each score's difference, in units of its
own size, is held against the largest that such signs give among it and all scores that stand out
less. The chances are right for all scores at once, for any number of matches and however unlike
scores and families are (Fisher 1935 for the signs; Westfall and Young 1993, algorithm 2.8, for the
step-down).
"""

from __future__ import annotations

import numpy as np

DRAWS = 9999
CHUNK = 500
ALIKE = 1e-6
"""Differences up to this, in shares or yardsticks, are those of solvers on two machines: none."""
SAME = 1e-9
"""Statistics that differ by less are ties, which count against a difference."""


def chances(differences: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return for each score how often chance makes it, or one that stands out less, as large.

    Calling different every score whose chance is at most ``a`` calls any wrongly with a chance of
    at most ``a``. The smallest answer is 1 in 10,000. O(S F M draws), in chunks.

    Parameters
    ----------
    differences : shape (S, F, M); ``nan`` in whole families where a score does not apply.
    """
    flat = _in_own_size(differences)
    found = np.abs(flat.sum(axis=1))
    order = np.argsort(-found, kind="stable")
    flat, found = flat[order], found[order]
    rng, as_large, left = np.random.default_rng(seed), np.ones(len(flat)), DRAWS
    while left:
        count = min(left, CHUNK)
        signs = rng.choice(np.array([-1.0, 1.0]), size=(count, flat.shape[1]))
        sizes = np.abs(signs @ flat.T)
        largest = np.maximum.accumulate(sizes[:, ::-1], axis=1)[:, ::-1]
        as_large += (largest >= found - SAME).sum(axis=0)
        left -= count
    answer = np.empty(len(flat))
    answer[order] = np.maximum.accumulate(as_large / (DRAWS + 1))
    return answer


def least_chance(matches: int) -> float:
    """Return the smallest chance that differences in so many matches can have.

    All of one sign: of the 2**matches signs two are as large.

    Examples
    --------
    >>> least_chance(2), least_chance(6)
    (0.5, 0.03125)
    """
    return float(2.0 ** (1 - max(1, matches)))


def _in_own_size(differences: np.ndarray) -> np.ndarray:
    """Return weighed differences whose squares add up to 1 for each score, shape (S, F M)."""
    present = ~np.isnan(differences).any(axis=2)
    weights = present / np.maximum(present.sum(axis=1, keepdims=True), 1)
    told = present[:, :, None] & (np.abs(differences) > ALIKE)
    weighed = weights[:, :, None] * np.where(told, differences, 0.0)
    flat = weighed.reshape(len(weighed), -1)
    size = np.sqrt((flat**2).sum(axis=1, keepdims=True))
    return np.divide(flat, size, out=np.zeros_like(flat), where=size > 0)
