"""Arrays that pictures of an understanding need: choices by situation, beside predictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.inference.evidence.table import Evidence
from comity.inference.explanations.member import Member
from comity.inference.understanding.rivals import titled

MOST_SHOWN = 40


def choices(
    evidence: Evidence, members: Sequence[Member], tables: Sequence[np.ndarray], level: float = 0.95
) -> dict[str, Any]:
    """Return how often each option was chosen in each situation, and how often it should be.

    Parameters
    ----------
    tables : for each member the probabilities of all options of all rows, shape (N, K); averaged
        over the rows of a situation, so that procedures that look back have a place too.

    Of many situations those met most often are kept, in the order of the evidence. Intervals are
    Wilson's (1927).
    """
    counts = evidence.choice_counts()
    met = counts.sum(axis=1)
    shown = np.sort(np.argsort(-met, kind="stable")[:MOST_SHOWN])
    shown = shown[met[shown] > 0]
    share, low, high = wilson(counts[shown], met[shown, None], level)
    predicted = {}
    for member, table in zip(members, tables, strict=True):
        total = np.zeros((len(met), table.shape[1]))
        np.add.at(total, evidence.situation, table)
        predicted[member.name] = (total[shown] / met[shown, None])[:, : counts.shape[1]]
    return {
        "situations": [titled(evidence.situations[s]) for s in shown],
        "options": [list(evidence.situations[s].options) for s in shown],
        "counts": met[shown],
        "observed": share,
        "low": low,
        "high": high,
        "predicted": predicted,
    }


def wilson(
    hits: np.ndarray, total: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return shares with Wilson's interval (1927), each of the shape of ``hits``."""
    from scipy.stats import norm

    z = float(norm.ppf(0.5 + level / 2))
    share = hits / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    reach = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return share, np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)
