"""Models in blocks: a prior over states, facts all share an interest in, and each one's tastes.

The value of cell c to i is ``sum_s prior[s] (tastes[i,s,c] + sum_k weights[i,k] facts[k,s,c])``:
facts say what happens (quantities with common meaning, which can be estimated and combined),
weights and tastes say what it is worth to i (private: i is the authority). A cell is a profile of
a `NormalForm`, an option of an additive `Negotiation`, or an outcome of a tabulated one. The
separation of private from common values follows DESIGN's completion of Clifton (2021); the
additive form is ours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Self

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells

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
        if not self.players:
            raise InputError(
                "there are no players", place="players", found=0, expected="one or more"
            )
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
            found[f"tastes[{name}]"] = self._tastes_block(row, name)
        return found

    def replace(self, block: str, values: np.ndarray) -> Self:
        """Return the model with the values of one block replaced.

        ``values`` has the length and order of ``blocks()[block].values``.
        """
        current = self.blocks().get(block)
        if current is None:
            raise InputError(
                "no such block", place=block, found=block, expected=", ".join(self.blocks())
            )
        flat = checked_array(values, current.values.shape, block)
        if current.kind == "prior":
            return dataclasses.replace(self, prior=flat)
        if current.kind == "facts":
            return dataclasses.replace(self, facts=flat.reshape(self.facts.shape))
        assert current.owner is not None
        return self._replace_tastes(self.affected.index(current.owner), flat)

    def _replace_tastes(self, row: int, flat: np.ndarray) -> Self:
        split, end = len(self.quantities), len(self.quantities) + self.tastes[row].size
        weights, tastes = self.weights.copy(), self.tastes.copy()
        weights[row] = flat[:split]
        tastes[row] = flat[split:end].reshape(tastes[row].shape)
        return dataclasses.replace(
            self, weights=weights, tastes=tastes, **self._replaced_extras(row, flat[end:])
        )

    def _replaced_extras(self, row: int, extras: np.ndarray) -> dict[str, np.ndarray]:
        """Return the fields that hold the extras of one who is affected, changed."""
        return {}

    def _prior_block(self) -> Block:
        part = Part("probability of " + ", ".join(self.states), np.arange(len(self.states)))
        return Block("prior", "prior", None, self.prior, (part,))

    def _facts_block(self) -> Block:
        places = np.arange(self.facts.size).reshape(self.facts.shape)
        parts = tuple(
            Part(self._label(quantity, state, cells), places[k, s, indices])
            for k, quantity in enumerate(self.quantities)
            for s, state in enumerate(self.states)
            for cells, indices in self._cell_parts()
        )
        return Block("facts", "facts", None, self.facts.ravel(), parts)

    def _tastes_block(self, row: int, name: str) -> Block:
        extras = self._own_extras(row)
        flat = [self.weights[row], self.tastes[row].ravel(), [value for _, value in extras]]
        start, end = len(self.quantities), len(self.quantities) + self.tastes[row].size
        places = np.arange(start, end).reshape(self.tastes[row].shape)
        parts = [
            Part(f"what {quantity} is worth to {name}", np.array([k]))
            for k, quantity in enumerate(self.quantities)
        ]
        parts += [
            Part(f"what {name} gets from {self._label('', state, cells)}", places[s, indices])
            for s, state in enumerate(self.states)
            for cells, indices in self._cell_parts()
        ]
        parts += [Part(label, np.array([end + k])) for k, (label, _) in enumerate(extras)]
        return Block(f"tastes[{name}]", "tastes", name, np.concatenate(flat), tuple(parts))

    def _label(self, quantity: str, state: str, cells: str) -> str:
        words = [quantity] if quantity else []
        words += [("at " if quantity else "") + cells] if cells else []
        words += [f"in {state}"] if len(self.states) > 1 else []
        return " ".join(words)


def checked_array(values: object, shape: Sequence[int], place: str) -> np.ndarray:
    """Return a read-only float64 copy of ``values`` of this shape, or raise `InputError`."""
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError("not numbers", place=place, found=repr(values)[:80]) from error
    if array.shape != tuple(shape):
        raise InputError(
            "shape does not fit", place=place, found=array.shape, expected=tuple(shape)
        )
    if not np.all(np.isfinite(array)):
        at = tuple(int(k) for k in np.argwhere(~np.isfinite(array))[0])
        where = f"{place}[{', '.join(map(str, at))}]"
        raise InputError("not finite", place=where, found=array[at], expected="a finite number")
    array.flags.writeable = False
    return array


def check_names(names: Sequence[str], place: str) -> None:
    """Raise `InputError` where a name is empty or stands twice."""
    for k, name in enumerate(names):
        if not isinstance(name, str) or not name.strip():
            raise InputError("a name is empty", place=f"{place}[{k}]", found=repr(name))
        if name in names[:k]:
            raise InputError("a name stands twice", place=f"{place}[{k}]", found=repr(name))


def check_prior(prior: np.ndarray) -> None:
    """Raise `InputError` unless ``prior`` is a probability vector."""
    if prior.min() < 0:
        raise InputError("probability is negative", place="prior", found=prior.min())
    if abs(prior.sum() - 1) > 1e-9:
        raise InputError("probabilities do not sum to 1", place="prior", found=prior.sum())
