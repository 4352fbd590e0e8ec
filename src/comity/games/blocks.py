"""Models in blocks: a prior over states, facts all share an interest in, and each one's tastes.

The value of cell c to i is ``sum_s prior[s] (tastes[i,s,c] + sum_k weights[i,k] facts[k,s,c])``:
facts say what happens (quantities with common meaning, which can be estimated and combined),
weights and tastes say what it is worth to i (private: i is the authority). A cell is a profile of
a `NormalForm`, an option of an additive `Negotiation`, or an outcome of a tabulated one. The
separation of private from common values is our completion of Clifton (2021); the
additive form is ours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games import labels
from comity.games.validation import check_names, check_prior, checked_array

BlockKind = Literal["prior", "facts", "tastes"]


@dataclass(frozen=True)
class Part:
    """A labelled piece of a block, the smallest thing that is compared by name.

    Attributes
    ----------
    label : the piece in words.
    indices : places in the block's values.
    """

    label: str
    indices: np.ndarray


@dataclass(frozen=True)
class Block:
    """One block of a model, flattened.

    Attributes
    ----------
    name : ``prior``, ``facts`` or ``tastes[NAME]``.
    kind : which of the three it is.
    owner : whose tastes, else ``None``.
    values : shape (d,), in the order `replace` expects.
    parts : labelled pieces that cover all values.
    """

    name: str
    kind: BlockKind
    owner: str | None
    values: np.ndarray
    parts: tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class BlockModel:
    """The numbers of one model on a frame, shared by every kind of game.

    Attributes
    ----------
    players, bystanders : names; rows of ``weights`` and ``tastes`` follow this order.
    prior : shape (S,), probability of each state.
    facts : shape (K, S, C), quantity k in state s at cell c.
    weights : shape (n + b, K), worth of a unit of quantity k.
    tastes : shape (n + b, S, C), worth of the cell itself.
    states, quantities : their names.
    title, comment : shown to people; no effect.
    """

    players: tuple[str, ...]
    bystanders: tuple[str, ...] = field(kw_only=True, default=())
    states: tuple[str, ...] = field(kw_only=True, default=("always",))
    quantities: tuple[str, ...] = field(kw_only=True, default=())
    prior: np.ndarray = field(kw_only=True)
    facts: np.ndarray = field(kw_only=True)
    weights: np.ndarray = field(kw_only=True)
    tastes: np.ndarray = field(kw_only=True)
    title: str = field(kw_only=True, default="")
    comment: str = field(kw_only=True, default="")

    def __post_init__(self) -> None:
        affected, states, quantities = len(self.affected), len(self.states), len(self.quantities)
        for place in ("players", "states"):
            if not getattr(self, place):
                raise InputError(f"there are no {place}", place=place, found=0, expected="some")
        for place in ("affected", "states", "quantities"):
            check_names(getattr(self, place), place)
        cells = self._cells()
        check_cells(max(affected, quantities) * states * cells, "payoffs")
        shapes = {
            "prior": (states,),
            "facts": (quantities, states, cells),
            "weights": (affected, quantities),
            "tastes": (affected, states, cells),
        }
        for name, shape in shapes.items():
            object.__setattr__(self, name, checked_array(getattr(self, name), shape, name))
        check_prior(self.prior)

    def _cells(self) -> int:
        raise TypeError("a BlockModel is made through NormalForm or Negotiation")

    def _cell_parts(self) -> list[tuple[str, np.ndarray]]:
        """Return labelled groups of cells that cover all cells."""
        raise TypeError("a BlockModel is made through NormalForm or Negotiation")

    def _cell_names(self) -> tuple[Hashable, ...]:
        """Return what the labels of the cells are made of."""
        raise TypeError("a BlockModel is made through NormalForm or Negotiation")

    def _own_extras(self, row: int) -> tuple[tuple[str, float], ...]:
        """Return further labelled numbers that belong to the tastes of one who is affected."""
        return ()

    @property
    def affected(self) -> tuple[str, ...]:
        """Names of players, then bystanders."""
        return self.players + self.bystanders

    @cached_property
    def values(self) -> np.ndarray:
        """Expected worth of each cell to each who is affected, shape (n + b, C)."""
        worth = np.einsum("s,isc->ic", self.prior, self.tastes)
        if self.quantities:
            worth = worth + self.weights @ np.einsum("s,ksc->kc", self.prior, self.facts)
        worth.flags.writeable = False
        return worth

    def blocks(self) -> dict[str, Block]:
        """Return the labelled parts that parties can disagree on, by name."""
        found = {"prior": self._prior_block()} if len(self.states) > 1 else {}
        if self.quantities:
            found["facts"] = self._facts_block()
        for row, name in enumerate(self.affected):
            found[tastes_name(name)] = self._tastes_block(row, name)
        return found

    def replace(self, block: str, values: np.ndarray) -> Self:
        """Return the model with the values of one block replaced.

        ``values`` has the length and order of ``blocks()[block].values``. Raises `InputError` for
        a block that the model does not have, another length, or values that are not finite.
        """
        owners = {tastes_name(name): row for row, name in enumerate(self.affected)}
        if block in owners:
            return self._replace_tastes(owners[block], values, block)
        if block == "facts" and self.quantities:
            flat = checked_array(values, (self.facts.size,), block)
            return self._changed(facts=flat.reshape(self.facts.shape))
        if block == "prior" and len(self.states) > 1:
            return self._changed(prior=checked_array(values, self.prior.shape, block))
        raise InputError(
            "no such block", place="block", found=repr(block), expected=", ".join(self.blocks())
        )

    def _replace_tastes(self, row: int, values: np.ndarray, block: str) -> Self:
        extras = self._own_extras(row)
        split, end = len(self.quantities), len(self.quantities) + self.tastes[row].size
        flat = checked_array(values, (end + len(extras),), block)
        weights, tastes = self.weights.copy(), self.tastes.copy()
        weights[row] = flat[:split]
        tastes[row] = flat[split:end].reshape(tastes[row].shape)
        extra_fields = self._replaced_extras(row, flat[end:])
        return self._changed(weights=weights, tastes=tastes, **extra_fields)

    def _changed(self, **fields: Any) -> Self:
        """Return the model with other numbers on the same frame."""
        return dataclasses.replace(self, **fields)

    def _replaced_extras(self, row: int, extras: np.ndarray) -> dict[str, np.ndarray]:
        """Return the fields that hold the extras of one who is affected, changed."""
        return {}

    def _prior_block(self) -> Block:
        part = Part(labels.probability(self.states), np.arange(len(self.states)))
        return Block("prior", "prior", None, self.prior, (part,))

    def _facts_block(self) -> Block:
        parts = self._labelled("facts", self._fact_parts)
        return Block("facts", "facts", None, self.facts.ravel(), parts)

    def _fact_parts(self) -> list[Part]:
        places = np.arange(self.facts.size).reshape(self.facts.shape)
        return [
            Part(labels.quantity(quantity, cells, self._told(state)), places[k, s, indices])
            for k, quantity in enumerate(self.quantities)
            for s, state in enumerate(self.states)
            for cells, indices in self._cell_parts()
        ]

    def _tastes_block(self, row: int, name: str) -> Block:
        extras = [value for _, value in self._own_extras(row)]
        flat = np.concatenate([self.weights[row], self.tastes[row].ravel(), extras])
        parts = self._labelled(f"{row} {name}", lambda: self._taste_parts(row, name))
        return Block(tastes_name(name), "tastes", name, flat, parts)

    def _taste_parts(self, row: int, name: str) -> list[Part]:
        start, end = len(self.quantities), len(self.quantities) + self.tastes[row].size
        places = np.arange(start, end).reshape(self.tastes[row].shape)
        parts = [
            Part(labels.worth(quantity, name), np.array([k]))
            for k, quantity in enumerate(self.quantities)
        ]
        parts += [
            Part(labels.worth(cells or "each outcome", name, self._told(state)), places[s, indices])
            for s, state in enumerate(self.states)
            for cells, indices in self._cell_parts()
        ]
        extras = self._own_extras(row)
        return parts + [Part(label, np.array([end + k])) for k, (label, _) in enumerate(extras)]

    def _labelled(self, what: str, make: Callable[[], list[Part]]) -> tuple[Part, ...]:
        """Return the parts of a block, which all models on one frame share."""
        key = (type(self), what, *map(tuple, (self.players, self.states, self.quantities)))
        key += self._cell_names()
        if key not in _PARTS:
            if len(_PARTS) >= FRAMES_KEPT:
                _PARTS.clear()
            parts = tuple(make())
            for part in parts:
                part.indices.flags.writeable = False
            _PARTS[key] = parts
        return _PARTS[key]

    def _told(self, state: str) -> str:
        return state if len(self.states) > 1 else ""

    def _checked_weights(self, weights: object) -> np.ndarray:
        return checked_array(weights, (len(self.players),), "weights")

    def _check_player(self, player: int) -> None:
        if not 0 <= player < len(self.players):
            raise InputError(
                "no such player",
                place="player",
                found=player,
                expected=f"0 to {len(self.players) - 1}",
            )


FRAMES_KEPT = 256

_PARTS: dict[tuple[Hashable, ...], tuple[Part, ...]] = {}
"""Labelled parts by frame: searches make thousands of models on one frame."""


def tastes_name(owner: str) -> str:
    """Return the name of the block of someone's tastes."""
    return f"tastes[{owner}]"
