"""Zero-sum games with common features, and what was played in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import InputError
from comity.games.plays import checked_probabilities
from comity.games.validation import check_finite


@dataclass(frozen=True, eq=False)
class PlayedState:
    """One zero-sum game, its features and what was played in it.

    Attributes
    ----------
    features : shape (K, A, B), payoffs to the row player per unit of each weight.
    row, column : mixes or counts, shapes (A,) and (B,).
    """

    features: np.ndarray
    row: np.ndarray
    column: np.ndarray

    def row_gains(self, base: int, column: np.ndarray) -> np.ndarray:
        """Return what each row yields above the base row, per unit of weight, (A, K)."""
        worth = self.features @ column
        return (worth - worth[:, [base]]).T

    def column_gains(self, base: int, row: np.ndarray) -> np.ndarray:
        """Return what each column spares the column player above the base one, (B, K)."""
        cost = np.einsum("kab,a->kb", self.features, row)
        return (cost[:, [base]] - cost).T


def checked_states(
    features: Sequence[Any], rows: Sequence[Any], columns: Sequence[Any], *, counts: bool = False
) -> list[PlayedState]:
    """Return the states with their play, or raise `InputError` naming what does not fit."""
    if not len(features) or len(rows) != len(features) or len(columns) != len(features):
        raise InputError(
            "not one play per state",
            place="features, rows, columns",
            found=(len(features), len(rows), len(columns)),
        )
    states = []
    for s, table in enumerate(features):
        array = np.array(table, dtype=float)
        if array.ndim != 3 or not array.size:
            raise InputError(
                "shape does not fit",
                place=f"features[{s}]",
                found=array.shape,
                expected="(K, A, B)",
            )
        check_finite(array, f"features[{s}]")
        mixes = [
            _checked_mix(mix, size, f"{place}[{s}]", counts)
            for place, mix, size in (
                ("rows", rows[s], array.shape[1]),
                ("columns", columns[s], array.shape[2]),
            )
        ]
        states.append(PlayedState(array, *mixes))
    if len({len(state.features) for state in states}) > 1:
        raise InputError("states differ in their number of features", place="features")
    return states


def _checked_mix(mix: Any, size: int, place: str, counts: bool) -> np.ndarray:
    vector = np.asarray(mix, dtype=float)
    if vector.shape != (size,):
        raise InputError("shape does not fit", place=place, found=vector.shape, expected=(size,))
    if not counts:
        vector = checked_probabilities(vector, place)
    elif not np.all(np.isfinite(vector)) or np.any(vector != np.round(vector)):
        raise InputError("not counts", place=place, found=vector.tolist())
    if vector.min() <= 0:
        raise InputError(
            "logit play gives every action a chance",
            place=place,
            found=vector.tolist(),
            expected="every action played; more observations may show it",
        )
    return vector
