"""Choices between allocations: which of several ways to pay oneself and others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.core.errors import InputError, located
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import ORDER, PERSON, STUDY, Column, as_mapping
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

CHOICE = "choice_{}"
RECIPIENTS = {"self": "self_{}", "other": "other_{}"}

COLUMNS = (
    PERSON,
    STUDY,
    ORDER,
    Column("game", "the treatment, or the kind of decision", False, ("treatment",)),
    Column("choice", "the option that was chosen", False, ("chosen",)),
    Column("kind", "whether the other was kind before (1 or 0)", False),
    Column("unkind", "whether the other was unkind before (1 or 0)", False),
)


def allocations(
    data: Source, *, recipients: Mapping[str, str] | None = None, **given: Any
) -> Evidence:
    """Return choices between allocations.

    Parameters
    ----------
    data : a table with one decision a row: what each recipient gets under each option, and the
        choice.
    recipients : names of the recipients, the decider first, each with the name of its columns, in
        which ``{}`` stands for the option: ``self_{}`` and ``other_{}`` unless given.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    The choice is a column of options, or columns ``choice_{}`` of yes and no: one of them will do
    where there are two options. ``kind`` and ``unkind`` become features of the history, as in
    Bruhin, Fehr and Schunk (2019, JEEA 17). Without a column ``game`` decisions after which the
    other was kind or unkind are called ``reciprocity`` and the others ``dictator``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"person": ["Ana", "Bo"], "choice": ["x", "y"], "self_x": [6, 6],
    ...                       "self_y": 5, "other_x": 1, "other_y": 5})
    >>> evidence = allocations(table)
    >>> evidence.situations[0].payoffs[:, 0].tolist(), evidence.choice.tolist()
    ([[6.0, 1.0], [5.0, 5.0]], [0, 1])
    """
    sheet = open_sheet(data, COLUMNS, given)
    patterns = as_mapping(recipients, "recipients", "by recipient a name with {}") or RECIPIENTS
    with located(file=sheet.source or None):
        options = _options(list(sheet.frame.columns), patterns)
    payoffs = _payoffs(sheet, patterns, options)
    choice = _choice(sheet, options)
    history = {name: sheet.flags(name) for name in ("kind", "unkind") if name in sheet}
    if len(history) == 2:
        both = (history["kind"] == 1) & (history["unkind"] == 1)
        sheet.reject(both, "contradictory", "the other was both kind and unkind")
    game = _games(sheet, history)

    def make(row: int) -> Situation:
        seen = {name: float(column[row]) for name, column in history.items()}
        name = "; ".join(
            f"{option}: {', '.join(f'{p:g}' for p in pay)}"
            for option, pay in zip(options, payoffs[row], strict=True)
        )
        return Situation(options, payoffs[row], tuple(patterns), history=seen, name=name)

    builder = Builder(sheet)
    builder.add(
        sheet,
        key=[*payoffs.reshape(len(sheet), -1).T, *history.values()],
        make=make,
        choice=choice,
        game=game,
        block=_blocks(sheet, game),
    )
    return builder.evidence()


def _options(names: list[str], patterns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options for which every recipient has a column."""
    found: list[str] | None = None
    for recipient, pattern in patterns.items():
        if not isinstance(pattern, str) or pattern.count("{}") != 1:
            raise InputError(
                "not the name of columns by option",
                place=f"recipients.{recipient}",
                found=repr(pattern),
                expected="a name with {} where the option stands",
            )
        before, after = map(re.escape, pattern.split("{}"))
        matches = [re.fullmatch(f"{before}(.+){after}", name) for name in names]
        options = [match[1] for match in matches if match]
        found = options if found is None else [name for name in found if name in options]
    if not found or len(found) < 2:
        raise InputError(
            "fewer than two options have a payoff for every recipient",
            place="columns",
            found=", ".join(names[:15]),
            expected=", ".join(p.format("x") + ", " + p.format("y") for p in patterns.values()),
        )
    return tuple(found)


def _payoffs(sheet: Sheet, patterns: Mapping[str, str], options: tuple[str, ...]) -> np.ndarray:
    """Return payoffs by row, option and recipient."""
    table = np.empty((len(sheet), len(options), len(patterns)))
    for k, option in enumerate(options):
        for i, pattern in enumerate(patterns.values()):
            column = pattern.format(option)
            sheet.places[column] = column
            table[:, k, i] = sheet.numbers(column)
    return table


def _choice(sheet: Sheet, options: tuple[str, ...]) -> np.ndarray:
    """Return the place of the option that was chosen."""
    if "choice" in sheet:
        return sheet.labels("choice", {option: k for k, option in enumerate(options)})
    there = [k for k, option in enumerate(options) if CHOICE.format(option) in sheet.frame]
    if len(there) < len(options) and not (len(options) == 2 and there):
        raise InputError(
            "no column says what was chosen",
            file=sheet.source or None,
            place="columns",
            found=", ".join(map(str, sheet.frame.columns[:15])),
            expected=f"choice, or {CHOICE.format(options[0])}",
        )
    flags = []
    for k in there:
        column = CHOICE.format(options[k])
        sheet.places[column] = column
        flags.append(sheet.flags(column))
    if len(there) == 1:
        return np.where(flags[0] == 1, there[0], 1 - there[0])
    table = np.array(flags)
    chosen = (table == 1).sum(axis=0)
    known = (table >= 0).all(axis=0)
    sheet.reject(known & (chosen == 0), "missing", "no option is marked as chosen")
    sheet.reject(chosen > 1, "contradictory", lambda i: f"{chosen[i]} options are marked as chosen")
    return table.argmax(axis=0)


def _games(sheet: Sheet, history: Mapping[str, np.ndarray]) -> np.ndarray:
    if "game" in sheet:
        return sheet.names("game")
    moved = np.any([column == 1 for column in history.values()] or [[False]], axis=0)
    return np.where(np.broadcast_to(moved, len(sheet)), "reciprocity", "dictator").astype(object)


def _blocks(sheet: Sheet, game: np.ndarray) -> np.ndarray | None:
    """Return the games as blocks where the order starts again in each of them."""
    if "order" not in sheet:
        return None
    columns = [list(map(str, sheet.cells(name))) for name in ("person", "order")]
    if len(set(zip(*columns, strict=True))) == len(set(zip(*columns, game, strict=True))):
        return None
    sheet.assumptions.append(
        f"{sheet.title('order')} starts again in each game; games follow each other as they first "
        "stand in the table"
    )
    return game


ALLOCATIONS = Adapter(
    "allocations",
    allocations,
    COLUMNS,
    {"chooser": tuple(RECIPIENTS)},
    "someone chooses between ways to pay itself and others",
)
