"""Which column is which: by its heading, wherever it stands, hidden, frozen or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comity.core.errors import InputError
from comity.newsletter.model.columns import (
    EDITOR_FORM,
    EMAIL_STATUS,
    FORMS,
    HIGHLIGHT,
    KNOWN,
    PUBLIC,
    PUBLIC_FORM,
    RATING,
    SUMMARIZE,
    TITLE,
    Column,
    EmailStatus,
    Publicity,
)
from comity.newsletter.sheets.cells import letters
from comity.newsletter.text.characters import bare

SEARCHED_ROWS = 20
"""First rows that are not empty, among which the headings are looked for."""
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
    return " ".join(re.sub(r"[^\w/]+", " ", bare(heading).casefold()).split())


_BY_KEY: Mapping[str, Column] = {key(column.heading): column for column in KNOWN}
_DECORATED = re.compile(r"(?P<name>[^()\[\]]+)[(\[](?P<choices>[^()\[\]]*)[)\]]\W*")
_WORD = re.compile(r"\w+")
_ANY = frozenset(("or", "blank", "empty", "nothing", "yes", "no", "y", "n", "x"))
_CHOICES: Mapping[Column, frozenset[str]] = {
    RATING: frozenset(map(str, range(11))) | {"to", "of", "highlight"},
    HIGHLIGHT: frozenset({"highlight"}),
    EMAIL_STATUS: frozenset(_WORD.findall(" ".join(EmailStatus).casefold())),
    PUBLIC: frozenset(_WORD.findall(" ".join(Publicity).casefold())),
    SUMMARIZE: frozenset({"maybe"}),
}
"""Words that may stand in brackets behind a heading, beside `_ANY`: what its cells can say."""


def column_of(heading: str) -> Column | None:
    """Return the column of a heading, or nothing where it is none of ours.

    Behind the heading of a column of choices these may stand in brackets. Any other word there
    makes it another column: ``Summary (internal)`` is no summary that readers may see.

    Examples
    --------
    >>> column_of("Rec? (1-10, 10 = highlight)") == RATING, column_of("Public? (Yes/No)") == PUBLIC
    (True, True)
    >>> column_of("Summary (internal)"), column_of("Public? (old)"), column_of("Rec? (11)")
    (None, None, None)
    """
    plain = _BY_KEY.get(key(heading))
    found = None if plain else _DECORATED.fullmatch(heading.strip())
    if not found:
        return plain
    column = _BY_KEY.get(key(found["name"]))
    allowed = _CHOICES.get(column) if column else None
    said = _WORD.findall(found["choices"].casefold())
    return column if allowed and (allowed | _ANY).issuperset(said) else None


@dataclass(frozen=True)
class Binding:
    """What the columns of a sheet are.

    Attributes
    ----------
    columns : place of each column that means something, in the order of the sheet.
    extra : heading of each other column that has one, or that cells stand under, by its place.
    form : ``editor`` or ``public``.
    is_for_readers : whether new rows are public unless they say otherwise: those of the public
        form, where it was asked for or no column is there that only editors have.
    """

    columns: Mapping[Column, int]
    extra: Mapping[int, str]
    form: str
    is_for_readers: bool

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns of the form that the sheet does not have."""
        return tuple(column for column in FORMS[self.form] if column not in self.columns)


def is_heading_row(texts: tuple[str, ...]) -> bool:
    """Return whether these cells are the headings of one of our forms."""
    found = set(map(column_of, texts)) - {None}
    return TITLE in found and len(found) >= FEWEST


@dataclass(frozen=True)
class Headings:
    """By what the headings of a kind of table are known.

    Attributes
    ----------
    column_of : returns what a heading names, nothing where it is none of the table's.
    is_row : tells whether some texts are the headings.
    expected : words for what was looked for.
    """

    column_of: Callable[[str], object | None]
    is_row: Callable[[tuple[str, ...]], bool]
    expected: str


ENTRIES = Headings(
    column_of,
    is_heading_row,
    f"{', '.join(column.heading for column in PUBLIC_FORM)} (what readers see) or "
    f"{', '.join(column.heading for column in EDITOR_FORM)} (what editors see)",
)
"""Those of a sheet of entries, in either form."""


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
        column = column_of(name)
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
    found = form or form_of(columns)
    readers = found == "public" and (form == found or not _ONLY_EDITOR & columns.keys())
    return Binding(columns, extra, found, readers)


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
