"""An entry as a form: each field as a cell of the sheet writes it, and back.

A field that nobody changed keeps what it held, whatever a form can show of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from comity.newsletter.model.columns import (
    AUTHORS,
    CASE,
    CATEGORY,
    EMAIL,
    EMAIL_STATUS,
    HAT_TIP,
    NOTES,
    OPINION,
    PART_OF,
    PREREQUISITES,
    PUBLIC,
    RATING,
    READ_MORE,
    SUMMARIZE,
    SUMMARIZER,
    SUMMARY,
    TITLE,
    TOPICS,
    URL,
    VENUE,
    YEAR,
    Column,
)
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import Reader, bound, says
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.text.titles import Titles

COLUMNS = (
    TITLE,
    URL,
    AUTHORS,
    VENUE,
    YEAR,
    CATEGORY,
    SUMMARIZER,
    SUMMARY,
    OPINION,
    PREREQUISITES,
    READ_MORE,
    RATING,
    EMAIL,
    EMAIL_STATUS,
    PUBLIC,
    HAT_TIP,
    TOPICS,
    PART_OF,
    CASE,
    SUMMARIZE,
    NOTES,
)
"""What a form shows. A highlight is an entry whose rating is 10."""
HEADINGS = {column.field: column.heading for column in COLUMNS}
LINES = frozenset({*TEXTS, NOTES.field})
"""Fields of several lines."""

DECIDED = (RATING, EMAIL_STATUS, PUBLIC, URL, CASE)
"""Fields that hold something else than a cell that could not be read: what is safe, or nothing."""

Form = Mapping[str, str]
"""What stands in each field, by the field's name."""
NOTHING: Form = MappingProxyType({})


@dataclass(frozen=True)
class Typed:
    """What a form says.

    Attributes
    ----------
    entry : with all that can be kept.
    faults : what is wrong with single fields, each with its column.
    refused : names of fields whose text could not be kept: nothing is saved until they are put
        right.
    """

    entry: Entry
    faults: tuple[Fault, ...]
    refused: tuple[str, ...]


def written(entry: Entry, titles: Titles, unread: Form = NOTHING) -> dict[str, str]:
    """Return an entry as a form.

    Parameters
    ----------
    unread : what stands in fields that somebody is still to decide; see `unread_cells`.
    """
    cells = {column.field: spell_cell(entry, column, titles) for column in COLUMNS}
    form = {name: even(cell.text if cell else "") for name, cell in cells.items()}
    return form | dict(unread)


def unread_cells(
    entry: Entry, cells: Mapping[str, Cell], reader: Reader, titles: Titles
) -> dict[str, str]:
    """Return the cells of a sheet that could not be read and still stand for an entry's fields.

    A form shows their text, so that whoever chooses what a field holds already has changed it.

    Parameters
    ----------
    cells : that are kept of the entry, by field.
    """
    found = {}
    for column in DECIDED:
        cell = cells.get(column.field)
        fault = reader.field(column, cell.text)[1] if cell else None
        if cell and fault and not fault.advises and says(reader, column, cell, entry, titles):
            found[column.field] = even(cell.text)
    return found


def given(fields: Form) -> dict[str, str]:
    """Return the fields of a form among all that a request brings, with even line ends."""
    return {name: even(fields[name]) for name in HEADINGS if name in fields}


def even(text: str) -> str:
    """Return a text with the line ends that a browser's form makes of any."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(
    entry: Entry, before: Form, after: Form, reader: Reader, titles: Titles, longest: int
) -> Typed:
    """Return an entry with what a form changed.

    Parameters
    ----------
    before : the form as it was written for the entry.
    after : the form as it is now; what it lacks was not changed.
    longest : characters of a field.
    """
    faults: list[Fault] = []
    refused: list[str] = []
    for column in COLUMNS:
        text = after.get(column.field, before[column.field])
        changed = text != before[column.field]
        entry, found, kept = _field(entry, column, text, changed, reader, titles, longest)
        faults += [replace(fault, column=column.heading) for fault in found]
        refused += [] if kept else [column.field]
    if not entry.title:
        faults.append(Fault(Kind.NO_TITLE, "the entry has no title", column=TITLE.heading))
        refused.append(TITLE.field)
    return Typed(entry, tuple(faults), tuple(dict.fromkeys(refused)))


def _field(
    entry: Entry,
    column: Column,
    text: str,
    changed: bool,
    reader: Reader,
    titles: Titles,
    longest: int,
) -> tuple[Entry, list[Fault], bool]:
    """Return an entry with one field as typed, what is wrong with it, and whether it was kept."""
    if len(text) > longest:
        fault = Fault(Kind.TOO_LONG, "too long", expected=f"at most {longest:,} characters")
        return entry, [fault], False
    value, wrong = reader.field(column, text)
    value, more = bound(column, value, titles)
    faults = [*([wrong] if wrong else []), *more]
    if not changed:
        return entry, faults, True
    fresh = replace(entry, **dict(_values(column, value, reader)))
    cell = spell_cell(fresh, column, titles)
    kept = not faults or _words(cell.text if cell else "") == _words(text)
    return (fresh if kept else entry), faults, kept


def _values(column: Column, value: Any, reader: Reader) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an entry that a column sets."""
    yield column.field, value
    if column == RATING:
        yield "highlight", False
    elif column == EMAIL:
        yield "issue", reader.issue(value)[0]


def _words(text: str) -> list[str]:
    return text.casefold().split()
