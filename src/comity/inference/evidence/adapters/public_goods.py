"""Public goods: everyone in a group contributes, and all get a share of all contributions."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.building import Builder, studies
from comity.inference.evidence.columns import GAME, ORDER, PERSON, SEQUENCE, STUDY, Column
from comity.inference.evidence.menus import Steps, amount_names, shares_of
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.evidence.words import counted

RECIPIENTS = ("self", "others on average")

MOST_AMOUNTS = 101
MOST_MEMBERS = 100

SIZE = Column("size", "how many are in a group", also=("group_size", "players_per_group"))
ENDOWMENT = Column("endowment", "what each can contribute")
MPCR = Column("mpcr", "what each gets for a unit that anybody contributes")

COLUMNS = (
    PERSON,
    STUDY,
    SEQUENCE,
    ORDER,
    GAME,
    Column("group", "who plays together", False, ("group.id_in_subsession",)),
    Column("contribution", "the amount contributed", False, ("contributed",)),
    Column("others", "the sum that the others contributed", False, ("others_contribution",)),
    ENDOWMENT,
    MPCR,
    SIZE,
)

Expect = Literal["data", "even"]


def public_goods(
    data: Source,
    *,
    step: float = 1.0,
    grid: int | None = None,
    expect: Expect = "data",
    strategy: str | None = None,
    **given: Any,
) -> Evidence:
    """Return contributions to linear public goods (Isaac and Walker 1988, QJE 103).

    Parameters
    ----------
    data : a table with one contribution a row.
    step, grid : how finely amounts are parted; see `Steps`.
    expect : whether the others' contributions are thought to be as frequent as in the data, or
        all sums alike.
    strategy : name of the columns of a strategy method (Fischbacher, Gächter and Fehr 2001,
        Economics Letters 71), ``conditional_{}``, in which ``{}`` stands for the average
        contribution of the others: what one would then contribute.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    Contingencies are the sums of what the others contribute. They are known afterwards from a
    column ``others``, or from a ``group`` whose members all have a row. The others are one
    recipient, who gets what they get on average. Stages of punishment are read by `punishment`.
    """
    check_choice(expect, ("data", "even"), "no such expectation", "expect")
    sheet, steps = open_sheet(data, COLUMNS, given), Steps(step, grid, MOST_AMOUNTS)
    builder = Builder(sheet)
    if "contribution" in sheet:
        _add_contributions(builder, sheet.part(), steps, expect == "data")
    elif strategy is None:
        raise InputError(
            "no column holds contributions",
            file=sheet.source or None,
            place="columns",
            found=", ".join(sheet.frame.columns[:15]),
            expected="contribution, or a strategy",
        )
    if strategy is not None:
        for name, average in sheet.by_amount(strategy, "strategy").items():
            _add_conditional(builder, sheet.part(), steps, name, average)
    return builder.evidence()


def _add_contributions(builder: Builder, part: Sheet, steps: Steps, from_data: bool) -> None:
    endowment, mpcr, size = _setting(part)
    choice = steps.places(part, "contribution", endowment)
    most = (size - 1) * endowment
    seen = _sums_of_others(part, most, steps, size)
    thought = _thought(part, seen, most, steps, size, from_data)

    def make(row: int) -> Situation:
        sums = _sums(steps, endowment[row], size[row])
        return Situation(
            amount_names(steps.amounts(endowment[row])),
            _payoffs(steps, endowment[row], mpcr[row], size[row], sums),
            RECIPIENTS,
            contingencies=thought[most[row], size[row]],
            name=f"contribution of {endowment[row]:g}",
        )

    builder.add(
        part,
        key=[endowment, mpcr, size],
        make=make,
        choice=choice,
        game=part.names("game") if "game" in part else "contribution",
        others=seen,
        sequence=part.names("sequence") if "sequence" in part else None,
    )


def _add_conditional(
    builder: Builder, part: Sheet, steps: Steps, column: str, average: float
) -> None:
    endowment, mpcr, size = _setting(part)
    above = average > endowment
    part.reject(above, "impossible", lambda i: part.tell(column, i, f"at most {endowment[i]:g}"))
    choice = steps.places(part, column, endowment)

    def make(row: int) -> Situation:
        sums = np.array([(size[row] - 1) * average])
        return Situation(
            amount_names(steps.amounts(endowment[row])),
            _payoffs(steps, endowment[row], mpcr[row], size[row], sums),
            RECIPIENTS,
            history={"others_average": average},
            name=f"contribution of {endowment[row]:g} where others give {average:g}",
        )

    builder.add(
        part,
        key=[endowment, mpcr, size],
        make=make,
        choice=choice,
        game=part.names("game") if "game" in part else "conditional contribution",
    )


def _setting(part: Sheet) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    endowment = part.numbers("endowment", low=0)
    part.set_aside(endowment == 0, "in {rows} there is nothing to contribute")
    return endowment, part.numbers("mpcr", low=0), part.numbers("size", 2, MOST_MEMBERS, whole=True)


def _sums(steps: Steps, endowment: float, size: float) -> np.ndarray:
    """Return the sums that the others can contribute."""
    count = (len(steps.amounts(endowment)) - 1) * (size - 1)
    return np.linspace(0, (size - 1) * endowment, int(count) + 1).round(9)


def _payoffs(
    steps: Steps, endowment: float, mpcr: float, size: float, sums: np.ndarray
) -> np.ndarray:
    own = steps.amounts(endowment)[:, None]
    shared = mpcr * (own + sums)
    return np.stack([endowment - own + shared, endowment - sums / (size - 1) + shared], axis=-1)


def _sums_of_others(part: Sheet, most: np.ndarray, steps: Steps, size: np.ndarray) -> np.ndarray:
    """Return the place of what the others contributed among their sums, -1 where unknown."""
    if "others" not in part and "group" not in part:
        return np.full(len(part), -1)
    if "others" in part:
        sums = part.numbers("others", low=0)
        for i in map(int, np.flatnonzero(sums > most * (1 + 1e-9))):
            expected = f"0 to {most[i]:g}"
            part.reject_row(i, "impossible", part.tell("others", i, expected))
    else:
        sums = _sums_in_groups(part, size)
    counts = np.zeros(len(part))
    for i in map(int, np.flatnonzero(part.alive)):
        counts[i] = len(_sums(steps, most[i] / (size[i] - 1), size[i])) - 1
    share = np.divide(sums, most, out=np.zeros(len(part)), where=most > 0)
    return np.where(part.alive, np.round(np.nan_to_num(share) * counts), -1).astype(int)


def _sums_in_groups(part: Sheet, size: np.ndarray) -> np.ndarray:
    """Return what the others of a group contributed at the same time; rejects groups with gaps."""
    when = part.numbers("order") if "order" in part else np.zeros(len(part))
    amount = part.numbers("contribution")
    columns = (studies(part), part.names("group"), when)
    groups: dict[tuple, list[int]] = {}
    for i in map(int, np.flatnonzero(part.alive)):
        groups.setdefault(tuple(column[i] for column in columns), []).append(i)
    sums = np.full(len(part), np.nan)
    for rows in groups.values():
        total = amount[rows].sum()
        for i in rows:
            sums[i] = total - amount[i]
            if len(rows) != size[i]:
                words = f"its group has {counted(len(rows), 'usable row')}; expected {size[i]:g}"
                kind = "missing" if len(rows) < size[i] else "contradictory"
                part.reject_row(i, kind, words)
    return sums


def _thought(
    part: Sheet,
    seen: np.ndarray,
    most: np.ndarray,
    steps: Steps,
    size: np.ndarray,
    from_data: bool,
) -> dict[tuple[float, float], np.ndarray]:
    """Return how likely each sum of the others is thought to be."""
    counts: dict[tuple[float, float], np.ndarray] = {}
    for i in map(int, np.flatnonzero(part.alive)):
        key = (most[i], size[i])
        if key not in counts:
            counts[key] = np.zeros(len(_sums(steps, most[i] / (size[i] - 1), size[i])))
        if from_data and seen[i] >= 0:
            counts[key][seen[i]] += 1
    known = any(count.any() for count in counts.values())
    words = "as frequent as in the data" if known else "all alike"
    part.assumptions.append(f"contributions of the others are thought to be {words}")
    return {key: shares_of(count) for key, count in counts.items()}


PUBLIC_GOODS = Adapter(
    "public_goods",
    public_goods,
    COLUMNS,
    {"member": RECIPIENTS},
    "everyone in a group contributes, and all get a share of all contributions",
)
