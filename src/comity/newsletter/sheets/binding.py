"""Which column is which: by its heading, wherever it stands, hidden, frozen or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from comity.core.errors import InputError
from comity.newsletter.model.columns import (
    EDITOR_FORM,
    FORMS,
    HIGHLIGHT,
    KNOWN,
    PUBLIC_FORM,
    TITLE,
    Column,
)
from comity.newsletter.sheets.cells import letters

FEWEST = 3
"""Headings of ours that make a row the row of headings; one of them is the title's."""
_ONLY_EDITOR = frozenset(EDITOR_FORM) - frozenset(PUBLIC_FORM)
_ONLY_PUBLIC = frozenset({HIGHLIGHT})


def key(heading: str) -> str:
    """Return what spellings of one heading have in common.

    Examples
    --------
    >>> key(" email  Status:"), key("H/T")
    ('email status', 'h/t')
    """
    return " ".join(re.sub(r"[^\w/]+", " ", heading.casefold()).split())


BY_KEY: Mapping[str, Column] = {key(column.heading): column for column in KNOWN}


@dataclass(frozen=True)
class Binding:
    """What the columns of a sheet are.

    Attributes
    ----------
    columns : place of each column that means something, in the order of the sheet.
    extra : heading of each other column that has one, or that cells stand under, by its place.
    form : ``editor`` or ``public``.
    """

    columns: Mapping[Column, int]
    extra: Mapping[int, str]
    form: str

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns of the form that the sheet does not have."""
        return tuple(column for column in FORMS[self.form] if column not in self.columns)


def is_heading_row(texts: tuple[str, ...]) -> bool:
    """Return whether these cells are the headings of one of our forms."""
    found = {BY_KEY[key(text)] for text in texts if key(text) in BY_KEY}
    return TITLE in found and len(found) >= FEWEST


def bind_columns(headings: tuple[str, ...], file: str, form: str | None = None) -> Binding:
    """Return what the columns under these headings are.

    Parameters
    ----------
    headings : of all columns, empty where there is none.
    form : ``editor`` or ``public``; told from the columns unless it is given.

    Raises `InputError` that names every heading that stands twice.
    """
    columns: dict[Column, int] = {}
    extra: dict[int, str] = {}
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        name = heading.strip()
        column = BY_KEY.get(key(name))
        places.setdefault(column.heading if column else name, []).append(place)
        if column:
            columns[column] = place
        else:
            extra[place] = name or unnamed(place)
    twice = {name: found for name, found in places.items() if name and len(found) > 1}
    if twice:
        raise InputError(
            "columns with the same heading",
            file=file,
            found="; ".join(
                f"{name!r} in columns {', '.join(map(letters, found))}"
                for name, found in twice.items()
            ),
            expected="each heading once",
        )
    return Binding(columns, extra, form or form_of(columns))


def form_of(columns: Mapping[Column, int]) -> str:
    """Return the form that columns are of: the editor's where most that tell them apart say so."""
    editor = len(_ONLY_EDITOR & columns.keys())
    public = len(_ONLY_PUBLIC & columns.keys())
    return "editor" if editor > public else "public"


def unnamed(place: int) -> str:
    """Return the name that a column without a heading goes by.

    Examples
    --------
    >>> unnamed(17)
    '[column R]'
    """
    return f"[column {letters(place)}]"
