"""Games whose numbers can be reached cell by cell, and their blocks without labels.

A search over lies combines and compares thousands of models; the labels of their blocks, made for
people, would take most of the time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.games import Game, Negotiation, NormalForm

BlockGame = NormalForm | Negotiation


@dataclass(frozen=True)
class Flat:
    """The values of one block.

    Attributes
    ----------
    kind : ``prior``, ``facts`` or ``tastes``.
    owner : whose tastes, else ``None``.
    values : shape (d,), as in `Block`.
    """

    kind: str
    owner: str | None
    values: np.ndarray


def in_blocks(game: Game, purpose: str) -> BlockGame:
    """Return the game itself, or raise `InputError` where its cells cannot be reached.

    Examples
    --------
    >>> in_blocks(NormalForm.from_payoffs([[[1.]], [[2.]]]), "to scale payoffs").size
    1
    """
    if not isinstance(game, NormalForm | Negotiation):
        raise InputError(
            f"this kind of game has no cells {purpose}",
            found=type(game).__name__,
            expected="NormalForm or Negotiation",
        )
    return game


def flat_blocks(game: Game) -> dict[str, Flat]:
    """Return the blocks of a game without labels, in the order of ``game.blocks()``."""
    if not isinstance(game, NormalForm | Negotiation):
        labelled = game.blocks()
        return {name: Flat(b.kind, b.owner, b.values) for name, b in labelled.items()}
    found = {}
    if len(game.states) > 1:
        found["prior"] = Flat("prior", None, game.prior)
    if game.quantities:
        found["facts"] = Flat("facts", None, game.facts.ravel())
    for row, name in enumerate(game.affected):
        own = [game.weights[row], game.tastes[row].ravel(), _reservation(game, row)]
        found[f"tastes[{name}]"] = Flat("tastes", name, np.concatenate(own))
    return found


def with_blocks(game: Game, values: Mapping[str, np.ndarray]) -> Game:
    """Return the game with the values of some blocks replaced, all at once."""
    if not isinstance(game, NormalForm | Negotiation):
        for name, flat in values.items():
            game = game.replace(name, flat)
        return game
    changed: dict[str, Any] = {"weights": game.weights.copy(), "tastes": game.tastes.copy()}
    if isinstance(game, Negotiation):
        changed["reservation"] = game.reservation.copy()
    else:
        changed["exact"] = None
    if "prior" in values:
        changed["prior"] = values["prior"]
    if "facts" in values:
        changed["facts"] = values["facts"].reshape(game.facts.shape)
    for row, name in enumerate(game.affected):
        if f"tastes[{name}]" in values:
            _put_tastes(changed, row, values[f"tastes[{name}]"], len(game.quantities))
    return dataclasses.replace(game, **changed)


def _reservation(game: BlockGame, row: int) -> np.ndarray:
    if isinstance(game, Negotiation) and row < len(game.players):
        return game.reservation[row : row + 1]
    return np.zeros(0)


def _put_tastes(changed: dict[str, Any], row: int, flat: np.ndarray, quantities: int) -> None:
    end = quantities + changed["tastes"][row].size
    changed["weights"][row] = flat[:quantities]
    changed["tastes"][row] = flat[quantities:end].reshape(changed["tastes"][row].shape)
    if len(flat) > end:
        changed["reservation"][row] = flat[end]
