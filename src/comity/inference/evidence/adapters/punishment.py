"""Punishment after public goods: points that cost oneself a little and their target more."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.public_goods import ENDOWMENT, MPCR
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import GAME, ORDER, PERSON, STUDY, Column
from comity.inference.evidence.menus import Steps, amount_names
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

RECIPIENTS = ("punisher", "target")

COLUMNS = (
    PERSON,
    STUDY,
    ORDER,
    GAME,
    Column("target", "who may be punished; tells decisions of one round apart", False),
    Column("points", "how many points were assigned", also=("punishment", "deduction")),
    Column("most", "how many points could be assigned", also=("max_points",)),
    Column("cost", "what a point costs the one who assigns it"),
    Column("effect", "what a point costs its target"),
    Column("contribution", "of the punisher", also=("own_contribution",)),
    Column("target_contribution", "of the target"),
    Column(
        "others", "the sum that all but the punisher contributed", True, ("others_contribution",)
    ),
    ENDOWMENT,
    MPCR,
)


def punishment(
    data: Source, *, step: float = 1.0, grid: int | None = None, **given: Any
) -> Evidence:
    """Return punishment in public goods games (Fehr and Gächter 2000, AER 90).

    Parameters
    ----------
    data : a table with one row for each punisher, target and round.
    step, grid : how finely points are parted; see `Steps`.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    What both got from the contributions is known and enters the payoffs; they may fall below 0.
    The history has ``contribution``, ``target_contribution`` and ``others_contribution``. What
    further members of the group assign to the target is left out.
    """
    sheet, steps = open_sheet(data, COLUMNS, given), Steps(step, grid)
    most = sheet.numbers("most", low=0)
    sheet.set_aside(most == 0, "in {rows} no point could be assigned")
    choice = steps.places(sheet, "points", most)
    cost, effect = sheet.numbers("cost", low=0), sheet.numbers("effect", low=0)
    endowment, mpcr = sheet.numbers("endowment", low=0), sheet.numbers("mpcr", low=0)
    own = _within(sheet, "contribution", endowment)
    theirs = _within(sheet, "target_contribution", endowment)
    others = sheet.numbers("others", low=0)
    _check_target_among_others(sheet, theirs, others)
    if "target" in sheet:
        _check_not_self(sheet)

    def make(row: int) -> Situation:
        points = steps.amounts(most[row])
        shared = mpcr[row] * (own[row] + others[row])
        before = endowment[row] + shared
        pay = (
            before - own[row] - cost[row] * points,
            before - theirs[row] - effect[row] * points,
        )
        return Situation(
            amount_names(points),
            np.stack(pay, axis=-1),
            RECIPIENTS,
            history={
                "contribution": own[row],
                "target_contribution": theirs[row],
                "others_contribution": others[row],
            },
            name=f"points to one who gave {theirs[row]:g} where oneself gave {own[row]:g}",
        )

    builder = Builder(sheet)
    builder.add(
        sheet,
        key=[most, cost, effect, endowment, mpcr, own, theirs, others],
        make=make,
        choice=choice,
        game=sheet.names("game") if "game" in sheet else "punishment",
        apart=sheet.names("target") if "target" in sheet else None,
    )
    return builder.evidence()


def _within(sheet: Sheet, column: str, endowment: np.ndarray) -> np.ndarray:
    amount = sheet.numbers(column, low=0)
    above = amount > endowment * (1 + 1e-9)
    sheet.reject(above, "impossible", lambda i: sheet.tell(column, i, f"0 to {endowment[i]:g}"))
    return amount


def _check_target_among_others(sheet: Sheet, theirs: np.ndarray, others: np.ndarray) -> None:
    more = theirs > others * (1 + 1e-9)
    sheet.reject(
        more,
        "contradictory",
        lambda i: (
            f"the target gave {theirs[i]:g}, more than all but the punisher together "
            f"({others[i]:g})"
        ),
    )


def _check_not_self(sheet: Sheet) -> None:
    same = (sheet.names("person") == sheet.names("target")) & sheet.alive
    sheet.reject(same, "contradictory", "the target is the punisher")


PUNISHMENT = Adapter(
    "punishment",
    punishment,
    COLUMNS,
    {"punisher": RECIPIENTS},
    "after contributions to a public good are seen, points cost oneself a little and others more",
)
