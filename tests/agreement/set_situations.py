"""Cases in which a party holds several views, with answers worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np

from agreement_situations import chicken
from comity.cases import Alternative, Case, Constitution, Party, loads

ULTIMATUM = """
title = "An ultimatum"

[frame]
players = ["Proposer", "Responder"]

[frame.issues]
offer = ["nothing", "the threshold"]

[models.Proposer.tastes.Proposer]
values = {{ offer = [1, {rest}] }}

# A unit is worth half as much to the Responder, so the largest sum goes to the Proposer.
[models.Responder.tastes.Responder]
values = {{ offer = [0, {half}] }}

[[models.Responder.alternatives]]
name = "committed"
{weight}
tastes.Responder.values = {{ offer = [-1, {half}] }}

[constitution]
solution = "utilitarian"
"""
"""A builder accepts nothing in a last round; a committed responder refuses it."""


def ultimatum(threshold, weight=None, solution="utilitarian"):
    stated = "" if weight is None else f"weight = {weight}"
    text = ULTIMATUM.format(rest=1 - threshold, half=threshold / 2, weight=stated)
    return loads(text.replace('"utilitarian"', f'"{solution}"'))


def with_views(case, **alternatives):
    """The Case with other models for some parties: lists of games or (game, weight)."""
    parties = []
    for party in case.parties:
        found = []
        for k, item in enumerate(alternatives.get(party.name, ())):
            model, weight = item if isinstance(item, tuple) else (item, None)
            found.append(Alternative(f"view {k}", model, weight))
        parties.append(Party(party.name, party.model, alternatives=tuple(found)))
    return Case(case.title, tuple(parties), case.constitution)


def matching(first, second, rules=None):
    """A game of facts over two outcomes each: A sees one of two tables of payoffs."""
    models = [chicken(table, "facts") for table in (first, second)]
    case = Case("a test", (Party("A", models[0]), Party("B", models[0])), rules or Constitution())
    return with_views(case, A=[models[1]])


def lotteries(count, steps):
    """Every lottery over so many plays with chances in whole steps, shape (L, count)."""
    points = itertools.combinations(range(steps + count - 1), count - 1)
    bars = np.array([(-1, *p, steps + count - 1) for p in points])
    return (np.diff(bars, axis=1) - 1) / steps
