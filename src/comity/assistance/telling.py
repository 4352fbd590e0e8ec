"""A Case in plain words, for whoever is to say whether it is what they meant."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from comity.agreement.models.narrow import in_blocks
from comity.agreement.report.words import DISAGREEMENT, RULES, SOLUTIONS, outcome_words
from comity.cases import Case, Party
from comity.core.page.words import clean, number
from comity.games import Game, Negotiation, NormalForm

MOST_LISTED = 12
"""Options or outcomes that are listed one by one."""


def tell_case(case: Case) -> tuple[str, ...]:
    """Return what a Case says, a line each: who, what can happen, how each sees it, the rules."""
    return tuple(_lines(case))


def _lines(case: Case) -> Iterator[str]:
    yield clean(case.title)
    if case.summary:
        yield clean(case.summary)
    yield f"At the table: {_names(case.names)}."
    if case.bystanders:
        yield f"Affected, but not at the table: {_names(case.bystanders)}."
    yield from _choices(case.parties[0].model)
    for party in case.parties:
        yield from _view(party)
    yield from _constitution(case)
    for note in case.assumptions:
        yield f"Assumed: {clean(note)}"


def _names(names: tuple[str, ...]) -> str:
    shown = [clean(name) for name in names[:MOST_LISTED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _choices(game: Game) -> Iterator[str]:
    model = in_blocks(game, "to be told")
    if isinstance(model, NormalForm):
        for name, actions in zip(model.players, model.actions, strict=True):
            yield f"{clean(name)} can: {_names(actions)}."
    if isinstance(model, Negotiation):
        for issue in model.issues:
            yield f"To settle, {clean(issue.name)}: {_names(issue.options)}."
    if len(model.states) > 1:
        yield f"How the world may be: {_names(model.states)}."


def _view(party: Party) -> Iterator[str]:
    model, name = in_blocks(party.model, "to be told"), clean(party.name)
    i = model.players.index(party.name)
    if isinstance(model, Negotiation):
        for sentence in _stakes(model, i):
            yield f"{name}: {sentence}"
        yield f"{name}: without a deal, worth {number(float(model.reservation[i]))}."
    elif isinstance(model, NormalForm):
        table = model.table[i]
        for word, place in (("best", int(table.argmax())), ("worst", int(table.argmin()))):
            outcome = tuple(int(k) for k in np.unravel_index(place, table.shape))
            what = outcome_words(model, outcome)
            yield f"{name}: {word} is {what}, worth {number(float(table.flat[place]))}."
    if len(model.states) > 1:
        beliefs = zip(model.states, model.prior, strict=True)
        told = ", ".join(f"{clean(state)} {number(100 * float(p))}%" for state, p in beliefs)
        yield f"{name} thinks: {told}."


def _stakes(model: Negotiation, i: int) -> Iterator[str]:
    """Return what a negotiator wants of each issue, and by how much it matters."""
    values, start = np.asarray(model.values[i]), 0
    if model.form != "additive":
        place = np.unravel_index(int(values.argmax()), model.shape)
        outcome = tuple(int(k) for k in place)
        yield f"best is {outcome_words(model, outcome)}, worth {number(float(values.max()))}."
        return
    for issue in model.issues:
        own = values[start : start + len(issue.options)]
        start += len(issue.options)
        swing = float(own.max() - own.min())
        best = clean(issue.options[int(own.argmax())])
        yield f"of {clean(issue.name)} it likes {best} best, by up to {number(swing)}."


def _constitution(case: Case) -> Iterator[str]:
    rules = case.constitution
    for notion in rules.solution:
        title, words = SOLUTIONS[notion]
        yield f"A deal is picked by {title}: {words}."
    start, words = DISAGREEMENT[rules.disagreement]
    yield f"Bargaining starts from {start.lower()}: {words}."
    for rule in rules.acceptance:
        yield f"Accepted only if {RULES[rule.rule]} (tolerance {number(rule.tolerance)})."
    kept = "Somebody enforces" if rules.enforcement == "binding" else "Nobody enforces"
    yield f"{kept} what is agreed."
