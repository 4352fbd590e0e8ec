"""Columns: what a reader asks of a table, and where it stands there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.core.errors import InputError

MOST_SHOWN = 15
OTREE_PARTS = ("player", "group", "subsession")

Place = str | float
"""A column of the table, or a number that holds for every row."""


@dataclass(frozen=True)
class Column:
    """A column that a reader asks for.

    Attributes
    ----------
    name : what the reader calls it, and what it is looked for as.
    about : one sentence.
    required : whether nothing can be read without it.
    also : other names that it goes by. Upper and lower case, and dots, blanks and underscores, do
        not matter.
    """

    name: str
    about: str
    required: bool = True
    also: tuple[str, ...] = ()


PERSON = Column(
    "person",
    "who decides",
    also=("participant.code", "subject", "subject_id", "sub", "sid", "id", "UserID", "labnumber"),
)
STUDY = Column(
    "study",
    "the data set; one name in two studies is two people",
    False,
    ("session.code", "session", "experiment"),
)
ORDER = Column(
    "order",
    "when it was decided; it also tells rows of one person apart",
    False,
    ("round", "period", "trial", "round_number", "budgetnum"),
)
SEQUENCE = Column(
    "sequence", "which match or block of decisions a row belongs to", False, ("block", "match")
)
GAME = Column("game", "the treatment, or the kind of decision", False, ("treatment",))


def find_columns(
    names: Sequence[str],
    columns: Sequence[Column],
    given: Mapping[str, object],
    empty: frozenset[str] = frozenset(),
) -> dict[str, Place]:
    """Return where the columns of a reader stand in a table.

    Parameters
    ----------
    names : columns of the table.
    empty : those of them that hold nothing; they are not looked for.
    columns : what the reader asks for.
    given : by the reader's names, a column of the table, a number that holds for all rows, or
        ``None`` for a column that is to be taken as absent, for which files that know no null say
        ``""``. The others are looked for by name.

    Columns that are absent and not required are left out. Raises `InputError` where a column is
    missing, stands for two, or is not one that the reader knows.

    Examples
    --------
    >>> find_columns(["ID", "Gave"], [PERSON, Column("gave", ""), Column("pie", "")], {"pie": 10})
    {'person': 'ID', 'gave': 'Gave', 'pie': 10.0}
    """
    check_given(given, [column.name for column in columns], "columns")
    found: dict[str, Place] = {}
    for column in columns:
        place = _place(names, column, given, empty)
        if place is not None:
            found[column.name] = place
        elif column.required:
            raise InputError(
                f"no column for {column.name!r}, {column.about}",
                place="columns",
                found=_listed(names),
                expected=" or ".join(map(repr, (column.name, *column.also)))
                + f", or the name of another as {column.name}",
            )
    return found


def check_given(given: Mapping[str, object], known: Sequence[str], place: str) -> None:
    """Raise `InputError` that names the nearest known name where an unknown one is given."""
    for name in given:
        if name not in known:
            raise InputError(
                f"unknown name {name!r}{_nearest(name, known)}",
                place=place,
                expected=", ".join(known),
            )


def as_mapping(value: object, place: str, meaning: str) -> dict[str, Any]:
    """Return an option that must be a table, with names as text; ``None`` is an empty one.

    Raises `InputError` where it is none, with ``meaning`` as what was expected.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError("not a table", place=place, found=repr(value)[:80], expected=meaning)
    return {str(name): entry for name, entry in value.items()}


def _place(
    names: Sequence[str], column: Column, given: Mapping[str, object], empty: frozenset[str]
) -> Place | None:
    if column.name not in given:
        filled = names if column.required else [name for name in names if name not in empty]
        return _first([column.name, *column.also], filled)
    wanted = given[column.name]
    if wanted is None or wanted == "":
        return None
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return float(wanted)
    found = _match(str(wanted), names)
    if found is None:
        raise InputError(
            f"no column {str(wanted)!r}{_nearest(str(wanted), names)}",
            place=f"columns.{column.name}",
            expected=_listed(names),
        )
    return found


def _first(wanted: Sequence[str], names: Sequence[str]) -> str | None:
    matches = (_match(name, names) for name in wanted)
    return next((match for match in matches if match is not None), None)


def _match(wanted: str, names: Sequence[str]) -> str | None:
    """Return the column of a name: as it stands, then by spelling, then as a field of oTree."""
    if wanted in names:
        return wanted
    for spelling in (wanted, *(f"{part}.{wanted}" for part in OTREE_PARTS)):
        alike = [name for name in names if _plain(name) == _plain(spelling)]
        if len(alike) > 1:
            raise InputError(
                f"several columns could be {wanted!r}", place="columns", found=", ".join(alike)
            )
        if alike:
            return alike[0]
    return None


def _plain(name: str) -> str:
    return re.sub(r"[\s._-]+", "_", name.casefold().strip())


def _nearest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(_plain(name), [_plain(other) for other in known], n=1)
    meant = next((other for other in known if close and _plain(other) == close[0]), None)
    return f"; is {meant!r} meant" if meant is not None else ""


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    hint = "; one column only, so perhaps another delimiter" if len(names) == 1 else ""
    return ", ".join(names[:MOST_SHOWN]) + more + hint
