"""From what an audience may see to a sheet that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.newsletter.model.columns import (
    FORMS,
    OPTIONAL,
    PUBLIC_FORM,
    TITLE,
    URL,
    Column,
)
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import View
from comity.newsletter.sheets.binding import column_of, unnamed
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.csv_writing import csv_bytes
from comity.newsletter.sheets.fields import Reader, says
from comity.newsletter.sheets.formulas import LONGEST_QUOTED
from comity.newsletter.sheets.keeping import EXTRA, Cells, Layout, read_cells, read_layout
from comity.newsletter.sheets.limits import check_shown
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.sheets.words import address, misleads
from comity.newsletter.sheets.xlsx_writing import xlsx_bytes
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.content import ENTRIES

Line = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Kept:
    """What is known of how a sheet came (see `comity.newsletter.sheets.keeping`).

    Attributes
    ----------
    positions : place of every entry there is, by id. Empty rows stand where they stood in a sheet
        of all entries; in a sheet of some there is none, or it would tell of the others.
    """

    cells: Cells = field(default_factory=dict)
    layout: Layout | None = None
    positions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet that is ready to be written."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


NOTHING = Kept()


def read_kept(store: Store, form: str) -> Kept:
    """Return what the database knows of how the sheet of a form came."""
    with transaction(store.engine, writes=False) as connection:
        positions = dict(connection.execute(select(ENTRIES.c.id, ENTRIES.c.position)).all())
        return Kept(read_cells(connection), read_layout(connection, form), positions)


def export_sheet(path: str | Path, view: View, form: str, kept: Kept = NOTHING) -> int:
    """Write the sheet of a view, `.xlsx` or `.csv` by the name of the file; return its rows.

    A cell is written as it came while it still says what the entry says, else it is spelled anew.

    Raises `InputError` for another kind of file, `SizeError` for a cell that no spreadsheet holds.
    """
    path = Path(path)
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise InputError("no such kind of sheet", file=str(path), expected=" or ".join(WRITERS))
    sheet = make_sheet(view, form, kept, holds_links=path.suffix.lower() != ".csv")
    write_atomic(path, write(sheet, str(path)))
    return len(view.archive.entries)


def sheet_bytes(sheet: Sheet, suffix: str) -> bytes:
    """Return a sheet as the bytes of an ``.xlsx`` or ``.csv`` file."""
    return WRITERS[suffix](sheet, f"sheet{suffix}")


def make_sheet(view: View, form: str, kept: Kept = NOTHING, *, holds_links: bool) -> Sheet:
    """Return the sheet of a view.

    Parameters
    ----------
    form : ``public`` or ``editor``; the editor's holds what only the internal view may show.
    holds_links : whether a cell can lead somewhere; else addresses have a column of their own.
    """
    if form == "editor" and view.audience != "internal":
        raise InputError("the editor's form is for editors", place="form", found=view.audience)
    columns = _columns(view, form, kept, holds_links=holds_links)
    line = _Line(view, kept, holds_links=holds_links, has_url=URL in {c for _, c in columns})
    lines = [
        (position, tuple(line.cell(entry, column) for _, column in columns))
        for position, entry in _placed(view, kept)
    ]
    headings = tuple(heading for heading, _ in columns)
    return Sheet(headings, tuple(cells for _, cells in _with_blanks(lines, view, kept)))


def _placed(view: View, kept: Kept) -> list[tuple[int, Entry]]:
    """Return entries with their places; where some are withheld, those of the others close up."""
    entries = view.archive.entries
    if kept.positions.keys() != view.archive.by_id.keys():
        return list(enumerate(entries))
    return sorted(((kept.positions[e.id], e) for e in entries), key=lambda pair: pair[0])


def _with_blanks(lines: list[tuple[int, Line]], view: View, kept: Kept) -> list[tuple[int, Line]]:
    """Return lines with empty ones where they stood, if all entries are there."""
    if kept.layout is None or kept.positions.keys() != view.archive.by_id.keys():
        return lines
    used = {position for position, _ in lines}
    blanks = [k for k in kept.layout.blanks if k not in used and k < max(used, default=0)]
    return sorted([*lines, *((k, ()) for k in blanks)], key=lambda pair: pair[0])


def _columns(
    view: View, form: str, kept: Kept, *, holds_links: bool
) -> list[tuple[str, Column | str]]:
    """Return headings with the column, or the heading of cells that neither form knows."""
    internal = view.audience == "internal"
    allowed = None if internal else {*PUBLIC_FORM, *OPTIONAL}
    found: list[tuple[str, Column | str]] = []
    for place, heading in enumerate(kept.layout.headings if kept.layout else ()):
        column = column_of(heading)
        if column is None and internal:
            found.append((heading, heading.strip() or unnamed(place)))
        elif column is not None and (allowed is None or column in allowed):
            found.append((heading, column))
    seen = {column for _, column in found}
    more = [column for column in FORMS[form] if column not in seen]
    more += [URL] if not holds_links and URL not in seen and URL not in more else []
    if internal and form == "editor":
        used = {c for c in OPTIONAL for e in view.archive.entries if getattr(e, c.field)}
        more += [column for column in OPTIONAL if column in used - seen]
    found += [(column.heading, column) for column in more]
    if internal:
        headings = dict.fromkeys(h for entry in view.archive.entries for h, _ in entry.extra)
        found += [(heading, heading) for heading in headings if heading not in seen]
    return found


@dataclass(frozen=True)
class _Line:
    """Cells of one entry after another."""

    view: View
    kept: Kept
    holds_links: bool
    has_url: bool

    @cached_property
    def reader(self) -> Reader:
        """Reads cells as an import does."""
        return Reader(self.view.publication)

    def cell(self, entry: Entry, column: Column | str) -> Cell | None:
        """Return the cell of an entry in a column; in text the title alone may lead somewhere."""
        found = self._cell(entry, column)
        if found is None or not found.link or self.holds_links:
            return found
        return found if column == TITLE and self._title_leads(entry) else found._replace(link="")

    def _cell(self, entry: Entry, column: Column | str) -> Cell | None:
        if isinstance(column, str):
            return self._extra(entry, column)
        anew = spell_cell(entry, column, self.view.titles)
        came = self.kept.cells.get((entry.id, column.field))
        if column == URL and came and not address(came.text)[0] and self._title_leads(entry):
            return came if came.text else None
        if came is None or not says(self.reader, column, came, entry, self.view.titles):
            return anew
        if column != TITLE or not self.holds_links:
            return came
        leads = self.has_url or address(came.link)[0] == entry.url
        return came if leads else came._replace(link=entry.url)

    def _title_leads(self, entry: Entry) -> bool:
        """Return whether the link behind the title says the address by itself.

        In text a link is a formula, which is written only where it came so and the address has no
        other place: the cell of addresses says something else.
        """
        came = self.kept.cells.get((entry.id, TITLE.field))
        if self.holds_links:
            return came is None or address(came.link)[0] == entry.url
        said = self.kept.cells.get((entry.id, URL.field), Cell(""))
        if came is None or not misleads(said.text) or address(came.link)[0] != entry.url:
            return False
        longest = max(map(len, (entry.url, entry.title, came.text)))
        return bool(entry.url) and longest <= LONGEST_QUOTED

    def _extra(self, entry: Entry, heading: str) -> Cell | None:
        text = dict(entry.extra).get(heading)
        if text is None:
            return None
        came = self.kept.cells.get((entry.id, EXTRA + heading))
        return came if came is not None and came.text == text else Cell(text)


def _xlsx(sheet: Sheet, file: str) -> bytes:
    return xlsx_bytes(sheet.headings, _checked(sheet, file))


def _csv(sheet: Sheet, _: str) -> bytes:
    return csv_bytes(sheet.headings, sheet.lines)


def _checked(sheet: Sheet, file: str) -> Sequence[Line]:
    for row, line in enumerate(sheet.lines, start=2):
        for heading, cell in zip(sheet.headings, line, strict=False):
            if cell is not None:
                check_shown(cell.text, file, f"row {row}, {heading}")
    return sheet.lines


WRITERS: dict[str, Callable[[Sheet, str], bytes]] = {".xlsx": _xlsx, ".csv": _csv}
"""How a sheet is written, by the end of the file's name."""
