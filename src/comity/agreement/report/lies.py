"""The lies that a report shows: each bends a party's true view, and can be turned up and down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.defaults import default_play
from comity.agreement.settle import Settled, Table
from comity.core.errors import ComityError
from comity.games import Game, Negotiation, NormalForm

LARGE = 20_000
"""Outcomes above which fewer lies are tried, for each takes longer."""

LEVELS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "best": ((0.25, 0.5, 1.0, 1.5, 2.0, 4.0), (0.5, 1.0, 2.0)),
    "alone": ((0.25, 0.5, 0.75, 1.0, 1.5, 2.5), (0.5, 1.0, 1.5)),
    "beliefs": ((0.25, 0.5, 1.0, 2.0, 4.0), (0.5, 1.0, 2.0)),
}
"""Levels of each kind of lie, for games of usual size and for large ones."""

MULTIPLES = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""How far along each bend the best one is looked for."""

Bends = Mapping[str, np.ndarray]
"""By block, what is added to the truth at level 1."""


@dataclass(frozen=True)
class Lie:
    """A way to bend a report.

    Attributes
    ----------
    liar : index of the party.
    kind : ``best`` (pays best, as found), ``alone`` (pretends to need no deal) or ``beliefs``
        (moves its facts and prior further from those of the others).
    bends : by block, what is added to the truth at level 1.
    levels : what the page offers.
    """

    liar: int
    kind: str
    bends: Bends
    levels: tuple[float, ...]

    def report(self, model: Game, level: float) -> Game:
        """Return the model bent to a level; probabilities stay probabilities."""
        for name, bend in self.bends.items():
            values = model.blocks()[name].values + level * bend
            model = model.replace(name, _probabilities(values) if name == "prior" else values)
        return model


def _probabilities(values: np.ndarray) -> np.ndarray:
    kept = np.clip(values, 0.001, None)
    return kept / kept.sum()


def lies(table: Table, known: Mapping[str, Mapping[str, Any]] | None = None) -> list[Lie]:
    """Return the lies to show, for each party in turn.

    ``known`` are the best lies that a certificate holds, by party and block.
    """
    found: list[Lie] = []
    for liar, name in enumerate(table.names):
        large = table.models[name].size > LARGE
        stated = (known or {}).get(name)
        kinds: dict[str, Bends] = {
            "alone": needing_nothing(table, liar),
            "beliefs": beyond_belief(table, liar),
        }
        candidates = [stated_bends(table, liar, stated or {}), *kinds.values()]
        kinds = {"best": best_of(table, liar, candidates), **kinds}
        found += [Lie(liar, k, bends, LEVELS[k][large]) for k, bends in kinds.items() if bends]
    return found


def tell(table: Table, name: str, report: Game) -> Settled:
    """Return what comes of a report when the others answer by the rules."""
    return table.settle({name: report}, certain=name)


def worth(table: Table, liar: int, report: Game) -> float:
    """Return what a report brings the liar by its own true view; it walks away from a bad deal."""
    try:
        settled = tell(table, table.names[liar], report)
    except ComityError:
        return float("-inf")
    own = float(settled.payoffs[liar])
    return max(own, float(table.fallback[liar]))


def best_of(table: Table, liar: int, candidates: Sequence[Bends]) -> Bends:
    """Return the bend that pays the liar most, of the candidates and multiples of them."""
    model = table.models[table.names[liar]]
    honest = worth(table, liar, model)
    best: Bends = {}
    most = honest + 1e-7 * max(1.0, abs(honest))
    steps = (1.0,) if model.size > LARGE else MULTIPLES
    for bends in filter(None, candidates):
        for share in steps:
            pays = worth(table, liar, Lie(liar, "best", bends, ()).report(model, share))
            if pays > most + 1e-9:
                most, best = pays, {name: share * bend for name, bend in bends.items()}
    return best


def stated_bends(table: Table, liar: int, report: Mapping[str, Any]) -> Bends:
    """Return the bends that lead from a party's truth to the blocks of a report."""
    blocks = table.models[table.names[liar]].blocks()
    moved = {
        name: np.asarray(values, dtype=float).ravel() - blocks[name].values
        for name, values in report.items()
        if name in blocks
    }
    return {name: bend for name, bend in moved.items() if np.any(np.abs(bend) > 1e-12)}


def needing_nothing(table: Table, liar: int) -> Bends:
    """Return the bend by which a party claims that it already has what the deal would bring it.

    It raises what no deal is worth to it, or in a game its own default action, by its honest gain.
    """
    name = table.names[liar]
    model = table.models[name]
    gain = float(table.settle().payoffs[liar] - table.fallback[liar])
    block = f"tastes[{name}]"
    if gain <= 1e-9 or block not in model.blocks():
        return {}
    bend = np.zeros(len(model.blocks()[block].values))
    if isinstance(model, Negotiation):
        bend[-1] = gain
    elif isinstance(model, NormalForm):
        start = len(model.quantities)
        cells = _own_default_cells(table, model, liar)
        raised = np.tile(cells, len(model.states)) * gain
        bend[start : start + len(raised)] = raised
    return {block: bend}


def _own_default_cells(table: Table, model: NormalForm, liar: int) -> np.ndarray:
    """Return how much of the liar's default strategy each profile holds, shape (C,)."""
    play = default_play(model, table.constitution)
    assert play is not None
    assert hasattr(play, "strategies")
    own = play.strategies[liar]
    axes = [1] * len(model.shape)
    axes[liar] = len(own)
    spread = np.broadcast_to(own.reshape(axes), model.shape)
    cells: np.ndarray = spread.ravel()
    return cells


def beyond_belief(table: Table, liar: int) -> Bends:
    """Return the bends that double the distance of shared blocks from the others' mean."""
    blocks = [model.blocks() for model in table.models.values()]
    bends = {}
    for name, block in blocks[liar].items():
        if block.kind == "tastes":
            continue
        others = np.mean([b[name].values for k, b in enumerate(blocks) if k != liar], axis=0)
        if np.any(np.abs(block.values - others) > 1e-12):
            bends[name] = block.values - others
    return bends
