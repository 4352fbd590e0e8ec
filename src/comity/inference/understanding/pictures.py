"""Arrays that pictures of an understanding need: choices by situation, beside predictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.inference.estimation.clustered_means import Clusters, share_by_person
from comity.inference.estimation.units import as_people
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.member import Member
from comity.inference.understanding.rivals import titled

MOST_SHOWN = 40


def choices(
    evidence: Evidence,
    members: Sequence[Member],
    tables: Sequence[np.ndarray],
    level: float = 0.95,
    by: str = "person",
) -> dict[str, Any]:
    """Return how often each option was chosen in each situation, and how often it should be.

    Parameters
    ----------
    tables : for each member the probabilities of all options of all rows, shape (N, K); averaged
        over the rows of a situation, so that procedures that look back have a place too.

    by : within what decisions may depend on each other, ``person`` or ``study``.

    Of many situations those met most often are kept, in the order of the evidence. Intervals are
    those of `share_by_person`.
    """
    counts = evidence.choice_counts()
    met = counts.sum(axis=1)
    shown = np.sort(np.argsort(-met, kind="stable")[:MOST_SHOWN])
    shown = shown[met[shown] > 0]
    share, low, high = _shares(as_people(evidence, by), shown, counts.shape[1], level)
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


def _shares(evidence: Evidence, shown: np.ndarray, options: int, level: float) -> np.ndarray:
    """Return shares of options with both ends of their intervals, shape (3, S, K)."""
    found = np.zeros((3, len(shown), options))
    for s, situation in enumerate(shown):
        rows = evidence.situation == situation
        clusters, chosen = Clusters.of(evidence.person[rows]), evidence.choice[rows]
        for k in range(len(evidence.situations[situation].options)):
            found[:, s, k] = share_by_person((chosen == k).astype(float), clusters, level)
    return found
