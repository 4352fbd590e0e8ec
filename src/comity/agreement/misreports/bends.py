"""Lies with a name: a whole report bent in one direction, turned up and down by one number.

The certificate's search tries all of them at all levels, and the report page shows them, so that
no lie on the page pays more than the certificate says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from comity.agreement.defaults import default_play
from comity.agreement.settle import Table
from comity.games import Game, MixedProfile, Negotiation, NormalForm

LARGE = 20_000
"""Outcomes above which fewer levels are tried, for each takes longer."""

LEVELS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "best": ((0.25, 0.5, 1.0, 1.5, 2.0, 4.0), (0.5, 1.0, 2.0)),
    "alone": ((0.25, 0.5, 0.75, 1.0, 1.5, 2.5), (0.5, 1.0, 1.5)),
    "beliefs": ((0.25, 0.5, 1.0, 2.0, 4.0), (0.5, 1.0, 2.0)),
}
"""Levels of each kind of lie, for games of usual size and for large ones."""

BETWEEN = (0.75, 0.9, 0.97, 1.03, 1.1, 1.25)
"""Further shares of a lie at which the best one is looked for; in a large game none."""

LEAST_CHANCE = 0.001
"""A bent prior leaves every state that had as much at least this probability."""

Bends = Mapping[str, np.ndarray]
"""By block, what is added to the truth at level 1."""


def levels(kind: str, model: Game) -> tuple[float, ...]:
    """Return the levels at which a kind of lie is tried and shown."""
    return LEVELS[kind][model.size > LARGE]


def shares(model: Game) -> tuple[float, ...]:
    """Return how far along a good lie a better one is looked for."""
    return levels("best", model) + (() if model.size > LARGE else BETWEEN)


def turned(model: Game, bends: Bends, level: float) -> Game:
    """Return the model bent to a level; probabilities stay probabilities."""
    for name, bend in bends.items():
        truth = model.blocks()[name].values
        values = truth + level * bend
        model = model.replace(name, probabilities(values, truth) if name == "prior" else values)
    return model


def probabilities(values: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the values as a distribution that calls nothing impossible which the truth does not.

    >>> probabilities(np.array([1.5, -0.5]), np.array([0.5, 0.5])).round(3)
    array([0.999, 0.001])
    """
    kept = np.maximum(values, np.minimum(LEAST_CHANCE, truth))
    total = kept.sum()
    return kept / total if total > 0 else truth


def bends_to(truth: Game, report: Game) -> Bends:
    """Return the bends that lead from one model to another."""
    stated = report.blocks()
    moved = {name: stated[name].values - b.values for name, b in truth.blocks().items()}
    return {name: bend for name, bend in moved.items() if np.any(np.abs(bend) > 1e-12)}


def named_bends(table: Table, liar: int) -> dict[str, Bends]:
    """Return the lies with a name that party ``liar`` of the table can tell.

    ``alone`` pretends to need no deal, ``beliefs`` moves its facts and prior further from those of
    the others.
    """
    kinds = {"alone": needing_nothing(table, liar), "beliefs": beyond_belief(table, liar)}
    return {kind: bends for kind, bends in kinds.items() if bends}


def named_lies(table: Table, liar: int) -> Iterator[tuple[Bends, Game]]:
    """Yield each lie with a name at each of its levels, with the bends behind it."""
    model = table.models[table.names[liar]]
    for kind, bends in named_bends(table, liar).items():
        for level in levels(kind, model):
            yield bends, turned(model, bends, level)


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
        play = default_play(model, table.constitution)
        assert isinstance(play, MixedProfile)
        start = len(model.quantities)
        raised = own_cells(model, liar, play.strategies[liar]) * gain
        bend[start : start + len(raised)] = raised
    return {block: bend}


def own_cells(model: NormalForm, player: int, strategy: np.ndarray) -> np.ndarray:
    """Return how much of a player's strategy each profile holds, in every state, shape (S C,)."""
    axes = [1] * len(model.shape)
    axes[player] = len(strategy)
    spread = np.broadcast_to(strategy.reshape(axes), model.shape)
    return np.tile(spread.ravel(), len(model.states))


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
