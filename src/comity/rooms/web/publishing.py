"""Terms of a room from the public part of a Case: frame, rules and title, without any view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.cases import Case, Party
from comity.cases.faults import Faults
from comity.cases.frames import Frame, read_frame
from comity.cases.laws import read_constitution
from comity.cases.schema import CaseData, parse
from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games import Game
from comity.rooms.protocol.terms import Terms

MOST_CELLS = 200_000
"""Numbers in a view of the largest Case that the pages take."""

PUBLIC = ("comity", "title", "summary", "frame", "constitution")
"""Keys of a Case file that a room may know; a browser sends no others."""


def terms_of_public(data: Mapping[str, Any], deadlines: Mapping[str, int] | None = None) -> Terms:
    """Return checked terms from the public keys of a Case file.

    Raises `InputError` for what a room cannot be held by, and for any key that is not public:
    whatever sent it should not have.
    """
    if private := [name for name in data if name not in PUBLIC]:
        raise InputError(
            "this part of a Case is not public", place=private[0], expected=", ".join(PUBLIC)
        )
    shaped, faults = parse({**data, "models": {}})
    if shaped is None:
        raise faults[0]
    case = _case(shaped, small_frame(shaped))
    terms = Terms.of(case, deadlines)
    terms.check()
    return terms


def small_frame(shaped: CaseData) -> Frame:
    """Return the frame of a Case; raise `SizeError` where its tables would burden the server."""
    frame = read_frame(shaped.frame)
    tables = len(frame.affected) + len(frame.quantities)
    check_cells(tables * len(frame.states) * frame.cells, "frame", MOST_CELLS)
    return frame


def _case(shaped: CaseData, frame: Frame) -> Case:
    faults = Faults()
    law = read_constitution(shaped.constitution, frame, faults)
    if faults.found:
        raise faults.found[0]
    empty = _empty(frame)
    seats = tuple(Party(name, empty) for name in frame.players)
    return Case(shaped.title, seats, law, summary=shaped.summary)


def _empty(frame: Frame) -> Game:
    """Return the game on a frame in which everything is worth nothing."""
    affected, states, count = len(frame.affected), len(frame.states), len(frame.players)
    return frame.model(
        title="",
        prior=np.full(states, 1 / states),
        facts=np.zeros((len(frame.quantities), states, frame.cells)),
        weights=np.zeros((affected, len(frame.quantities))),
        tastes=np.zeros((affected, states, frame.cells)),
        reservation=np.zeros(count),
        discount=np.ones(count),
    )
