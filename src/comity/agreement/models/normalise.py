"""Scaling a model so that each player's payoffs run from 0 to 1.

Payoffs of different people have no common zero or unit (von Neumann and Morgenstern 1944,
section 3.4), so parties may agree to compare and combine them only after an affine change.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from comity.agreement.models.narrow import BlockGame, in_blocks
from comity.games import Game, Negotiation, NormalForm

FLAT = 1e-12
"""Payoffs that vary by less than this share of their size are constant."""


def normalise(model: Game) -> Game:
    """Return the model with every player's payoffs over all outcomes scaled to min 0, max 1.

    A constant payoff becomes 0. Where a quantity is worth something to one player alone the
    change is made in the facts (its numbers *are* that player's payoffs), else in its weights and
    tastes. Reservation values move along; bystanders stay as they are. Two `best_plan` each.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> normalise(NormalForm.from_payoffs([[[3, 0], [5, 1]], [[7, 7], [7, 7]]])).table[0]
    array([[0.6, 0. ], [1. , 0.2]])
    """
    scaled = in_blocks(model, "to normalise")
    for player in range(len(scaled.players)):
        scaled = _normalise_player(scaled, player)
    return scaled


def _normalise_player(model: BlockGame, player: int) -> BlockGame:
    low, high = payoff_range(model, player)
    span = high - low
    scale = 0.0 if span <= FLAT * max(1.0, abs(low), abs(high)) else 1 / span
    worths = np.abs(model.weights)
    alone = (worths[player] > 0) & (worths.sum(axis=0) == worths[player])
    facts, weights, tastes = model.facts.copy(), model.weights.copy(), model.tastes.copy()
    facts[alone] *= scale
    weights[player, ~alone] *= scale
    tastes[player] *= scale
    shift = scale * _zero_of_cells(model, player, low)
    if alone.any():
        first = int(np.argmax(alone))
        facts[first] -= shift / weights[player, first]
    else:
        tastes[player] -= shift
    changed: dict[str, Any] = {"facts": facts, "weights": weights, "tastes": tastes}
    if isinstance(model, NormalForm):
        changed["exact"] = None
    if isinstance(model, Negotiation):
        reservation = model.reservation.copy()
        reservation[player] = scale * (reservation[player] - low)
        changed["reservation"] = reservation
    return dataclasses.replace(model, **changed)


def payoff_range(model: Game, player: int) -> tuple[float, float]:
    """Return the lowest and highest payoff of a player over all outcomes."""
    unit = np.eye(len(model.players))[player]
    return -model.best_plan(-unit).value, model.best_plan(unit).value


def _zero_of_cells(model: BlockGame, player: int, low: float) -> np.ndarray:
    """Return what to take from each cell so that the worst outcome is worth 0, shape (C,)."""
    worth = model.values[player]
    if not isinstance(model, Negotiation) or model.form == "table":
        return np.full(len(worth), low)
    issues = np.repeat(np.arange(len(model.shape)), model.shape)
    worst = np.minimum.reduceat(worth, model.offsets)
    # Constraints may forbid the worst option of every issue at once: share what is left equally.
    return (worst + (low - worst.sum()) / len(worst))[issues]
