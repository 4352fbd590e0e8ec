"""Ultimatum games: a proposer offers part of a total, a responder accepts or refuses it."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.roles import POSITION
from comity.inference.evidence.adapters.ultimatum_roles import (
    RECIPIENTS,
    Table,
    add_proposers,
    add_responders,
    add_thresholds,
)
from comity.inference.evidence.building import Builder
from comity.inference.evidence.cells import as_name, plain
from comity.inference.evidence.columns import GAME, ORDER, PERSON, SEQUENCE, STUDY, Column
from comity.inference.evidence.menus import Steps, is_number
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.table import Evidence

MOST_AMOUNTS = 501
"""Most offers and thresholds, every pair of which is a cell of the payoffs."""

COLUMNS = (
    Column("person", "the responder, or who decides", also=("responder", *PERSON.also)),
    Column("proposer", "who offered, where one row holds both decisions", False),
    POSITION,
    STUDY,
    SEQUENCE,
    ORDER,
    GAME,
    Column("total", "what is to be divided", also=("pie",)),
    Column("offer", "how much of it is offered to the responder", False, ("propose", "offered")),
    Column("kept", "how much the proposer keeps of it", False),
    Column("accepted", "whether the offer was accepted", False, ("offer_accepted",)),
    Column("threshold", "the least offer that is accepted (strategy method)", False, ("accept",)),
    Column("continues", "the chance that another round with them follows, 0 to 1", False),
    Column("prize", "what it would bring in each later round to be taken for tough", False),
)

Role = Literal["all", "proposer", "responder"]
Expect = Literal["data", "even"]


def ultimatum(
    data: Source,
    *,
    role: Role = "all",
    step: float = 1.0,
    grid: int | None = None,
    expect: Expect = "data",
    last_round: float | None = None,
    **given: Any,
) -> Evidence:
    """Return play of ultimatum games (Güth, Schmittberger and Schwarze 1982, JEBO 3).

    Parameters
    ----------
    data : a table of offers and of what became of them. With a column ``accepted`` responders
        saw an offer and answered it (direct method); with a column ``threshold`` they named the
        least offer that they accept, before they saw one (strategy method).
    role : whose decisions to read. Proposers decide where a column ``proposer`` or ``position``
        says who they are, and in strategy tables, where everyone plays both roles.
    step, grid : how finely amounts are parted; see `Steps`.
    expect : whether those who cannot see the other's choice are taken to expect what is frequent
        in the data, or anything alike.
    last_round : the round after which nobody comes back; rounds before it get the feature
        ``continues`` of 1, where no column says so.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    A responder's history has ``resists``, 1 where an option refuses; the ``offer``; the ``total``;
    and ``continues`` where it is known; its beliefs have the ``prize`` where that is. Contingencies
    are the responder's thresholds for the proposer and, in the strategy method, the offers for the
    responder; each is a menu of the other player.
    """
    check_choice(role, ("all", "proposer", "responder"), "no such role", "role")
    check_choice(expect, ("data", "even"), "no such expectation", "expect")
    if last_round is not None and not is_number(last_round):
        raise InputError("not a round", place="last_round", found=last_round, expected="a number")
    sheet = open_sheet(data, COLUMNS, given)
    if "position" not in given:
        _with_both_roles(sheet)
    table = Table(
        Builder(sheet), sheet, Steps(step, grid, MOST_AMOUNTS), expect == "data", last_round
    )
    for name, add in _decisions(sheet, role):
        if role in ("all", name):
            add(table)
    return table.builder.evidence()


def _with_both_roles(sheet: Sheet) -> None:
    """Forget people's numbers if everyone both offered and named a threshold.

    Exports of oTree number the players of a group whatever they do. In the strategy method they
    all play both roles, and who is paid as what is drawn later.
    """
    if not {"position", "offer", "threshold"} <= set(sheet.places):
        return
    if not {as_name(cell) for cell in sheet.cells("position")} <= {"1", "2"}:
        return
    filled = [
        np.array([plain(cell) is not None and as_name(cell) not in sheet.missing for cell in cells])
        for cells in (sheet.cells("offer"), sheet.cells("threshold"))
    ]
    if (filled[0] == filled[1]).all() and filled[0].any():
        sheet.assumptions.append(
            f"everyone offered and named a threshold: {sheet.title('position')} says no roles"
        )
        del sheet.places["position"]


def _decisions(sheet: Sheet, role: Role) -> list[tuple[str, Any]]:
    """Return which decisions a table holds, by its columns."""
    strategy = "threshold" in sheet
    if strategy and "accepted" in sheet:
        raise InputError(
            "both a direct method and a strategy method",
            file=sheet.source or None,
            place="columns",
            found="accepted, threshold",
            expected="one of them; the other as None",
        )
    found: list[tuple[str, Any]] = []
    told_apart = "proposer" in sheet or "position" in sheet
    answered = strategy or "accepted" in sheet
    if "offer" in sheet and (strategy or told_apart or not answered or role == "proposer"):
        found.append(("proposer", add_proposers))
    if strategy:
        found.append(("responder", add_thresholds))
    elif "accepted" in sheet and "offer" in sheet:
        found.append(("responder", add_responders))
    if not found or role not in ("all", *(name for name, _ in found)):
        raise InputError(
            f"no column holds decisions of {'anyone' if role == 'all' else 'a ' + role}",
            file=sheet.source or None,
            place="columns",
            found=", ".join(map(str, sheet.frame.columns[:15])),
            expected="offer, with accepted or threshold for responders",
        )
    return found


ULTIMATUM = Adapter(
    "ultimatum",
    ultimatum,
    COLUMNS,
    RECIPIENTS,
    "a proposer offers part of a total; a responder accepts it, or refuses and both get nothing",
)
