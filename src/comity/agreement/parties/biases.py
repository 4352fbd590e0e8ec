"""Simple ways to bend a report: more taste, other facts, a better alternative.

Each direction is one number, so that a bent report can be searched for, named and understood.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.agreement.models.narrow import BlockGame, in_blocks
from comity.core.errors import InputError
from comity.games import Game, Negotiation

SCALE = "tastes scaled"
RESERVATION = "no deal"
FACT = "fact "


def directions(model: Game, name: str) -> dict[str, float]:
    """Return the ways in which a party can bend its report, each with a natural unit.

    ``tastes scaled`` multiplies own weights and tastes by 1 + amount, ``no deal`` raises the
    reservation value, ``fact QUANTITY`` raises a quantity in all cells, and ``taste PART`` raises
    what it gets from an issue or profile (for up to 64 parts).
    """
    model = in_blocks(model, "to bend by name")
    i = model.players.index(name)
    unit = float(np.ptp(model.values[i])) or 1.0
    found = {SCALE: 1.0}
    if isinstance(model, Negotiation):
        found[RESERVATION] = unit
    for k, quantity in enumerate(model.quantities):
        found[f"{FACT}{quantity}"] = float(np.ptp(model.facts[k])) or unit
    parts = _taste_parts(model, name)
    return found | (dict.fromkeys(parts, unit) if len(parts) <= 64 else {})


def bent(model: Game, name: str, amounts: Mapping[str, float]) -> Game:
    """Return the model bent by an amount in each named direction.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> game = NormalForm.from_payoffs([[[1., 2.]], [[3., 4.]]], ["A", "B"])
    >>> bent(game, "A", {"tastes scaled": 1.0}).table[0]
    array([[2., 4.]])
    """
    model = in_blocks(model, "to bend by name")
    i = model.players.index(name)
    facts, weights, tastes = model.facts.copy(), model.weights.copy(), model.tastes.copy()
    parts = _taste_parts(model, name)
    for direction, amount in amounts.items():
        if direction == SCALE:
            weights[i] *= 1 + amount
            tastes[i] *= 1 + amount
        elif direction in parts:
            tastes[i].reshape(-1)[parts[direction]] += amount
        elif direction.removeprefix(FACT) in model.quantities:
            facts[model.quantities.index(direction.removeprefix(FACT))] += amount
        elif direction != RESERVATION:
            raise InputError("no such way to bend a report", found=direction)
    changed: dict[str, Any] = {"facts": facts, "weights": weights, "tastes": tastes}
    if isinstance(model, Negotiation):
        raised = amounts.get(RESERVATION, 0.0) * np.eye(len(model.players))[i]
        changed["reservation"] = model.reservation + raised
    else:
        changed["exact"] = None
    return dataclasses.replace(model, **changed)


def _taste_parts(model: BlockGame, name: str) -> dict[str, np.ndarray]:
    """Return places in the flat tastes of a party by named part."""
    start = len(model.quantities)
    end = start + model.tastes[0].size
    block = model.blocks()[f"tastes[{name}]"]
    return {
        f"taste {part.label}": part.indices - start
        for part in block.parts
        if part.indices.min() >= start and part.indices.max() < end
    }
