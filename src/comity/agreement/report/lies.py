"""The lies that a report tries: each a direction in which a party can bend its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.agreement.parties.best_responding import climb
from comity.agreement.parties.biases import RESERVATION, SCALE, bent, directions
from comity.agreement.settle import Settled, Table
from comity.core.errors import ComityError
from comity.games import Game

LARGE = 20_000
"""Outcomes above which fewer lies are tried, for each takes longer."""

MOST_DIRECTIONS = 12
"""Directions above which only facts, the scale of tastes and the way out are bent."""


@dataclass(frozen=True)
class Lie:
    """A way to bend a report, which can be turned up and down.

    Attributes
    ----------
    liar : index of the party.
    kind : ``exaggerate`` (everything its own way) or ``best`` (the lie that pays best, as found).
    amounts : how far at level 1, by direction.
    levels : what the page offers.
    """

    liar: int
    kind: str
    amounts: Mapping[str, float]
    levels: tuple[float, ...]

    def report(self, model: Game, level: float) -> Game:
        """Return the model bent to a level."""
        scaled = {way: level * amount for way, amount in self.amounts.items()}
        if SCALE in scaled:
            scaled[SCALE] = max(scaled[SCALE], -0.99)
        return bent(model, model.players[self.liar], scaled)


def tell(table: Table, name: str, report: Game) -> Settled:
    """Return what comes of a report when the others answer by the rules.

    The liar looks at the deal before it signs: it stays away from one that is worse than none.
    """
    return table.settle({name: report}, certain=name)


def worth(table: Table, liar: int, report: Game) -> float:
    """Return what a report brings the liar by its own true view; a report nobody can use: -inf."""
    try:
        settled = tell(table, table.names[liar], report)
    except ComityError:
        return float("-inf")
    own = float(settled.payoffs[liar])
    return max(own, float(table.promised[liar])) if settled.status == "agreed" else own


def lies(table: Table) -> list[Lie]:
    """Return the lies to show, for each party in turn."""
    found: list[Lie] = []
    for liar in range(len(table.names)):
        model = table.models[table.names[liar]]
        large = model.size > LARGE
        best = best_lie(table, liar, 3 if large else 5)
        if best:
            levels = (0.5, 1.0, 2.0) if large else (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
            found.append(Lie(liar, "best", best, levels))
        push = exaggeration(table, liar)
        if push:
            levels = (0.25, 1.0) if large else (0.05, 0.1, 0.25, 0.5, 1.0)
            found.append(Lie(liar, "exaggerate", push, levels))
    return found


def best_lie(table: Table, liar: int, steps: int) -> dict[str, float]:
    """Return the bend that pays the liar most, as far as a coordinate search finds it.

    It searches as one who knows the others' reports would; ``{}`` if it finds none that pays.
    """
    name = table.names[liar]
    model = table.models[name]

    def payoff(amounts: Mapping[str, float]) -> float:
        return worth(table, liar, bent(model, name, amounts))

    found = climb(payoff, _ways(model, name), 0.5, steps)
    return {way: amount for way, amount in found.items() if abs(amount) > 1e-12}


def _ways(model: Game, name: str) -> dict[str, float]:
    ways = directions(model, name)
    if len(ways) <= MOST_DIRECTIONS:
        return ways
    return {way: unit for way, unit in ways.items() if not way.startswith("taste ")}


def exaggeration(table: Table, liar: int) -> dict[str, float]:
    """Return the bend that pushes every fact and the way out in the direction that pays.

    Where nothing but tastes can be bent, each taste is pushed the way that pays.
    """
    name = table.names[liar]
    model = table.models[name]
    ways = directions(model, name)
    chosen = {w: u for w, u in ways.items() if w.startswith("fact ") or w == RESERVATION}
    if not chosen:
        chosen = {w: u for w, u in list(ways.items())[:MOST_DIRECTIONS] if w != SCALE}
    trial = table if not table.constitution.acceptance else _without_rules(table)
    return {way: unit * _paying_sign(trial, liar, model, way, unit) for way, unit in chosen.items()}


def _without_rules(table: Table) -> Table:
    import dataclasses

    free = dataclasses.replace(table.constitution, acceptance=())
    return Table.seat(table.models, free, table.evidence)


def _paying_sign(table: Table, liar: int, model: Game, way: str, unit: float) -> float:
    if way == RESERVATION:
        return 1.0
    up, down = (
        worth(table, liar, bent(model, table.names[liar], {way: sign * 0.1 * unit}))
        for sign in (1, -1)
    )
    return float(np.where(up >= down, 1.0, -1.0))
