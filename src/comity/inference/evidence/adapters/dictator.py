"""Dictator games: someone gives another any part of a total."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.roles import POSITION
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import GAME, ORDER, PERSON, STUDY, Column
from comity.inference.evidence.menus import Steps, amount_names
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

RECIPIENTS = ("self", "other")
GIVERS = ("dictator", "giver", "allocator", "first", "player", "1")
RECEIVERS = ("receiver", "recipient", "second", "2")

COLUMNS = (
    PERSON,
    POSITION,
    STUDY,
    ORDER,
    GAME,
    Column("total", "what is to be divided", also=("pie", "endowment")),
    Column("given", "how much of it is given", also=("gave", "give", "gift", "move")),
    Column("kept", "how much of it is kept", False),
    Column("multiplier", "what the other gets for each unit given; 1 without it", False),
)


def dictator(data: Source, *, step: float = 1.0, grid: int | None = None, **given: Any) -> Evidence:
    """Return gifts in dictator games (Forsythe, Horowitz, Savin and Sefton 1994, GEB 6).

    Parameters
    ----------
    data : a table with one gift a row. Rows of receivers, if a position says so, decide nothing.
    step, grid : how finely amounts are parted; see `Steps`.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    Examples
    --------
    >>> import pandas as pd
    >>> gifts = dictator(pd.DataFrame({"person": ["Ana", "Bo"], "given": [0, 2]}), total=4, step=2)
    >>> gifts.situations[0].payoffs[:, 0].tolist(), gifts.choice.tolist()
    ([[4.0, 0.0], [2.0, 2.0], [0.0, 4.0]], [0, 1])
    """
    sheet, steps = open_sheet(data, COLUMNS, given), Steps(step, grid)
    if "position" in sheet:
        words = dict.fromkeys(GIVERS, 0) | dict.fromkeys(RECEIVERS, 1)
        receivers = sheet.labels("position", words) == 1
        sheet.set_aside(receivers, "receivers decide nothing: {rows}")
    total = sheet.numbers("total", low=0)
    sheet.set_aside(total == 0, "in {rows} there is nothing to give")
    choice = steps.places(sheet, "given", total)
    sheet.check_sum(total, ("given", "kept"))
    multiplier = np.ones(len(sheet))
    if "multiplier" in sheet:
        multiplier = sheet.numbers("multiplier", low=0)

    def make(row: int) -> Situation:
        amounts = steps.amounts(total[row])
        return Situation(
            amount_names(amounts),
            np.stack([total[row] - amounts, multiplier[row] * amounts], axis=-1),
            RECIPIENTS,
            name=f"gift of {total[row]:g}",
        )

    builder = Builder(sheet)
    builder.add(
        sheet,
        key=[total, multiplier],
        make=make,
        choice=choice,
        game=sheet.names("game") if "game" in sheet else "dictator",
    )
    return builder.evidence()


DICTATOR = Adapter(
    "dictator",
    dictator,
    COLUMNS,
    {"dictator": RECIPIENTS},
    "someone gives another any part of a total",
)
