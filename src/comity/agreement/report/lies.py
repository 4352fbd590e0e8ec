"""The lies that a report shows: each bends a party's true view, and can be turned up and down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.misreports.bends import (
    Bends,
    bends_to,
    levels,
    named_bends,
    named_lies,
    shares,
    turned,
)
from comity.agreement.misreports.hunt import Hunt
from comity.agreement.misreports.misreport import Scenario, lie_value
from comity.agreement.settle import Table
from comity.games import Game

PAYS = 1e-7
"""A lie that gains less than this, relative to what honesty brings, is none worth showing."""


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
        return turned(model, self.bends, level)


def lies(
    table: Table,
    known: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    as_stated: bool = False,
) -> list[Lie]:
    """Return the lies to show, for each party in turn.

    ``known`` are the best lies that a certificate holds, by party and block. Lies with a name and
    shares of the best are looked through as the certificate does, which has nothing left to find
    where it assumes the same information; ``as_stated`` where it does not, to show its own lies.
    """
    found: list[Lie] = []
    for liar, name in enumerate(table.names):
        stated = (known or {}).get(name, {})
        best = (stated_bends if as_stated else best_of)(table, liar, stated)
        kinds = {"best": best, **named_bends(table, liar)}
        model = table.models[name]
        found += [Lie(liar, k, bends, levels(k, model)) for k, bends in kinds.items() if bends]
    return found


def best_of(table: Table, liar: int, stated: Mapping[str, Any]) -> Bends:
    """Return the bends of the best lie: the stated one, one with a name, or a share of it."""
    name = table.names[liar]
    model, seen = table.models[name], [Scenario(table, 1.0)]
    hunt = Hunt(model, lambda report: lie_value(name, report, seen))
    honest = hunt.best_value
    hunt.run_through(_candidates(table, liar, stated))
    hunt.stretch(shares(model))
    paying = hunt.best_value > honest + PAYS * max(1.0, abs(honest))
    return bends_to(model, hunt.best) if paying else {}


def _candidates(table: Table, liar: int, stated: Mapping[str, Any]) -> Iterator[Game]:
    model = table.models[table.names[liar]]
    yield turned(model, stated_bends(table, liar, stated), 1.0)
    yield from (report for _, report in named_lies(table, liar))


def stated_bends(table: Table, liar: int, report: Mapping[str, Any]) -> Bends:
    """Return the bends that lead from a party's truth to the blocks of a report."""
    truth = table.models[table.names[liar]]
    blocks, stated = truth.blocks(), truth
    for name in report.keys() & blocks.keys():
        stated = stated.replace(name, np.asarray(report[name], dtype=float).ravel())
    return bends_to(truth, stated)
