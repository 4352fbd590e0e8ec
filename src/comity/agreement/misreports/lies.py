"""The family of reports that a search for lies looks through.

A move shifts one labelled piece of a report by an amount in natural units. What does not bear on
the common model (one's guess of another's tastes, where each one's word on its own stands) is not
moved.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.agreement.defaults import default_play
from comity.agreement.misreports.bends import own_cells, probabilities
from comity.agreement.models.narrow import in_blocks
from comity.cases import Constitution
from comity.core.errors import ComityError
from comity.games import Block, Game, MixedProfile, Negotiation, NormalForm
from comity.games.blocks import BlockModel

MAX_SINGLE_ENTRIES = 64
"""Blocks up to this size are also moved entry by entry."""

SCALES = (0.5, 2.0, 0.1, 10.0)


@dataclass(frozen=True)
class Move:
    """A shift of some entries of one block, in units of its natural size.

    Attributes
    ----------
    block : its name.
    label : what is shifted, in words.
    indices : the entries.
    unit : what an amount of 1 adds to each, one number or one per entry.
    """

    block: str
    label: str
    indices: np.ndarray
    unit: float | np.ndarray

    def __call__(self, report: Game, amount: float) -> Game:
        """Return the report with the entries shifted; a prior stays a distribution."""
        before = report.blocks()[self.block].values
        values = before.copy()
        values[self.indices] += amount * self.unit
        if self.block == "prior":
            values = probabilities(values, before)
        return report.replace(self.block, values)


def moves(model: Game, party: str, constitution: Constitution) -> list[Move]:
    """Return the moves that can bear on the common model, broad ones first."""
    return _distinct(
        [*broad_moves(model, party, constitution), *_pieces(model, party, constitution)]
    )


def broad_moves(model: Game, party: str, constitution: Constitution) -> list[Move]:
    """Return the moves of much at once, which a liar would think of first.

    What no agreement is worth to it (its default strategy in a game of actions), each action of
    its own whatever the others do, all its tastes scaled, what each quantity is worth to it, each
    quantity everywhere, and the prior.
    """
    found = [*_own_moves(model, party, constitution)]
    pieces = _pieces(model, party, constitution)
    return _distinct(found + [move for move in pieces if _is_broad(move, model, party)])


def _is_broad(move: Move, model: Game, party: str) -> bool:
    """Return whether it moves a quantity, a probability, or what a quantity is worth."""
    assert isinstance(model, BlockModel)
    if move.block == f"tastes[{party}]":
        return bool(move.indices[-1] < len(model.quantities))
    return move.block == "prior" or move.label in model.quantities


def _own_moves(model: Game, party: str, constitution: Constitution) -> Iterator[Move]:
    """Yield moves of the party's fallback, of its own actions, and of all its tastes."""
    model = in_blocks(model, "to lie about")
    name = f"tastes[{party}]"
    values = model.blocks()[name].values
    size, start = len(values), len(model.quantities)
    player = model.players.index(party)
    unit = float(np.ptp(model.values[player])) or 1.0
    if isinstance(model, Negotiation):
        yield Move(name, "no deal", np.array([size - 1]), unit)
        size -= 1
    else:
        for label, strategy in _strategies(model, player, constitution):
            held = own_cells(model, player, strategy)
            at = np.flatnonzero(held)
            yield Move(name, label, start + at, unit * held[at])
    yield Move(name, "tastes scaled", np.arange(size), values[:size])


def _strategies(
    model: NormalForm, player: int, constitution: Constitution
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the player's default strategy and each of its actions."""
    try:
        play = default_play(model, constitution)
    except ComityError:
        play = None
    if isinstance(play, MixedProfile):
        yield "default", play.strategies[player]
    yield from zip(model.actions[player], np.eye(model.shape[player]), strict=True)


def _pieces(model: Game, party: str, constitution: Constitution) -> list[Move]:
    """Return moves of quantities, labelled parts and single entries."""
    found: list[Move] = []
    for block in model.blocks().values():
        if _bears(block, model, party, constitution):
            found += _quantity_moves(model, block) if block.kind == "facts" else []
            found += _part_moves(model, block)
    return _distinct(found)


def coarse_moves(model: Game, party: str, constitution: Constitution, limit: int = 6) -> list[Move]:
    """Return a few moves that people would think of: quantities, priors, worths, no deal."""
    assert isinstance(model, BlockModel)
    found = _pieces(model, party, constitution)
    single = len(model.quantities)
    order = {"facts": 0, "prior": 1, f"tastes[{party}]": 2}

    def rank(move: Move) -> tuple[int, int]:
        whole = move.label in model.quantities or move.block == "prior"
        own = move.indices[0] < single or move.indices[-1] == model.blocks()[move.block].values.size
        return (
            0 if whole else 1 if own or "no deal" in move.label else 2,
            order.get(move.block, 3),
        )

    return sorted(found, key=rank)[:limit]


def whole_lies(model: Game, party: str) -> Iterator[Game]:
    """Yield reports with all tastes of the party scaled, or permuted between equal issues."""
    name = f"tastes[{party}]"
    block = model.blocks()[name]
    for factor in SCALES:
        yield model.replace(name, _scaled(model, block, factor))
    if isinstance(model, Negotiation) and model.form == "additive":
        yield from _permuted(model, party, block)


def _scaled(model: Game, block: Block, factor: float) -> np.ndarray:
    values = factor * block.values
    if isinstance(model, Negotiation):
        values[-1] = block.values[-1]
    return values


def _permuted(model: Negotiation, party: str, block: Block) -> Iterator[Game]:
    """Yield the party's option values exchanged between issues with equally many options."""
    start = len(model.quantities)
    cells = np.arange(start, start + model.tastes[0].size).reshape(model.tastes[0].shape)
    spans = [cells[:, o : o + size] for o, size in zip(model.offsets, model.shape, strict=True)]
    for size in sorted(set(model.shape)):
        same = [span for span, count in zip(spans, model.shape, strict=True) if count == size]
        orders = itertools.permutations(range(len(same))) if len(same) <= 4 else _swaps(len(same))
        for order in orders:
            if list(order) != list(range(len(same))):
                values = block.values.copy()
                for here, there in enumerate(order):
                    values[same[here]] = block.values[same[there]]
                yield model.replace(block.name, values)


def _swaps(count: int) -> Iterator[list[int]]:
    for a, b in itertools.combinations(range(count), 2):
        order = list(range(count))
        order[a], order[b] = b, a
        yield order


def _bears(block: Block, model: Game, party: str, constitution: Constitution) -> bool:
    """Return whether the party's word on this block reaches the common model."""
    if block.kind != "tastes":
        return True
    if constitution.tastes == "own":
        return block.owner == party
    return block.owner in model.players


def _quantity_moves(model: Game, block: Block) -> list[Move]:
    assert isinstance(model, BlockModel)
    places = np.arange(block.values.size).reshape(model.facts.shape)
    return [
        Move(block.name, quantity, places[k].ravel(), _unit(model, block, places[k].ravel()))
        for k, quantity in enumerate(model.quantities)
    ]


def _part_moves(model: Game, block: Block) -> list[Move]:
    pieces = [(part.label, part.indices) for part in block.parts if block.kind != "prior"]
    if block.values.size <= MAX_SINGLE_ENTRIES:
        pieces += [(f"{block.name}[{k}]", np.array([k])) for k in range(block.values.size)]
    return [Move(block.name, label, at, _unit(model, block, at)) for label, at in pieces]


def _unit(model: Game, block: Block, indices: np.ndarray) -> float:
    """Return the spread of the entries, or of the block, or else their size."""
    if block.kind == "prior":
        return 0.5
    for values in (block.values[indices], block.values):
        spread = float(np.ptp(values))
        if spread > 0:
            return spread
    return float(np.abs(block.values).max()) or 1.0


def _distinct(found: list[Move]) -> list[Move]:
    """Return the moves without those that shift the same entries alike as an earlier one."""
    seen: set[tuple[str, bytes, bytes]] = set()
    kept = []
    for move in found:
        order = np.argsort(move.indices)
        units = np.broadcast_to(move.unit, move.indices.shape)[order]
        shape = units / (np.abs(units).max() or 1.0)
        key = (move.block, move.indices[order].tobytes(), shape.round(9).tobytes())
        if key not in seen:
            seen.add(key)
            kept.append(move)
    return kept
