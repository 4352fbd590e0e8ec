"""Rows of a sheet, each checked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.newsletter.model.columns import (
    EMAIL,
    OPINION,
    SUMMARIZER,
    SUMMARY,
    TITLE,
    URL,
    Column,
)
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.sheets.binding import Binding, unnamed
from comity.newsletter.sheets.cells import Cell, Row, Table
from comity.newsletter.sheets.fields import Reader, placed
from comity.newsletter.sheets.limits import LONGEST_SHOWN, is_cut, is_too_long, written_length
from comity.newsletter.sheets.words import LONGEST_FOUND, address, characters, formula, one_line
from comity.newsletter.text.characters import bare

_SCHEME = re.compile(r"\A(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """A row on its way to an entry.

    Attributes
    ----------
    number : of the row, as spreadsheets count.
    position : of the row below the headings, from 0.
    cells : by column; those of other columns in `extra`, by heading.
    fields : of the entry, those of columns that the sheet has; references as they were written.
    faults : what is wrong with the row taken by itself.
    """

    number: int
    position: int
    cells: Mapping[Column, Cell]
    extra: Mapping[str, Cell]
    fields: Mapping[str, Any]
    faults: tuple[Fault, ...]

    @property
    def title(self) -> str:
        """Title of the entry."""
        return str(self.fields[TITLE.field])

    @property
    def url(self) -> str:
        """Address of what was read, nothing where the sheet tells none."""
        return str(self.fields.get(URL.field, ""))


def read_rows(table: Table, binding: Binding, reader: Reader) -> Iterator[Draft]:
    """Yield the rows of a table that are not empty."""
    formulas: dict[int, list[int]] = {}
    for place, column in table.formulas:
        formulas.setdefault(place, []).append(column)
    for position, row in enumerate(table.rows):
        if row or position in formulas:
            draft = _Row(table, binding, reader, position, row, formulas.get(position, []))
            yield draft.read()


@dataclass
class _Row:
    table: Table
    binding: Binding
    reader: Reader
    position: int
    row: Row
    formulas: list[int]

    def read(self) -> Draft:
        binding = self.binding
        columns = {place: column for column, place in binding.columns.items()}
        row = {k: self._as_meant(columns.get(k), k, cell) for k, cell in self.row.items()}
        cells = {column: row[k] for k, column in columns.items() if k in row}
        others = {k: cell for k, cell in row.items() if k not in columns}
        extra = {binding.extra.get(k, unnamed(k)): cell for k, cell in others.items()}
        fields, faults = self._fields(cells)
        number = self.table.first + self.position
        faults += [f for k, cell in row.items() for f in _of_any(cell, self._heading(k))]
        links = [(k, lost_link(cell)) for k, cell in row.items() if columns.get(k) != TITLE]
        faults += [placed(fault, 0, self._heading(k)) for k, fault in links if fault]
        faults += [self._formula(k) for k in self.formulas if self.table.holds_links]
        faults += [
            _nameless(k, cell)
            for k, cell in others.items()
            if self._heading(k) == unnamed(k) and cell.text.strip()
        ]
        faults += together(fields)
        faults = [placed(fault, number, fault.column) for fault in faults]
        return Draft(number, self.position, cells, extra, fields, tuple(faults))

    def _fields(self, cells: Mapping[Column, Cell]) -> tuple[dict[str, Any], list[Fault]]:
        """Return the fields of all columns that the sheet has, and what is wrong with them."""
        fields: dict[str, Any] = {}
        faults = []
        for column in self.binding.columns:
            text = cells[column].text if column in cells else ""
            fields[column.field], fault = self.reader.field(column, text)
            if fault:
                faults.append(placed(fault, 0, column.heading))
        if EMAIL in self.binding.columns:
            fields["issue"] = self.reader.issue(fields[EMAIL.field])[0]
        link = cells[TITLE].link if TITLE in cells else ""
        if not fields.get(URL.field) and (link or self._title_leads()):
            fields[URL.field], fault = address(link)
            if fault:
                faults.append(placed(fault, 0, TITLE.heading))
        return fields, faults

    def _as_meant(self, column: Column | None, place: int, cell: Cell) -> Cell:
        """Return a cell; of a formula in text that is a link, what its column can hold of it."""
        formula = self.table.formulas.get((self.position, place))
        if formula is None or self.table.holds_links or column == TITLE:
            return cell
        return Cell(cell.link if column == URL else formula)

    def _title_leads(self) -> bool:
        """Return whether the link behind the title is the only address that a row can have."""
        return self.table.holds_links and URL not in self.binding.columns

    def _heading(self, place: int) -> str:
        return self.table.headings[place].strip() or unnamed(place)

    def _formula(self, place: int) -> Fault:
        text = self.table.formulas[self.position, place]
        reason = "only what the formula came to can be kept, not the formula"
        heading = self._heading(place) if place < len(self.table.headings) else unnamed(place)
        return Fault(Kind.FORMULA, reason, column=heading, found=text[:60])


def _of_any(cell: Cell, heading: str) -> Iterator[Fault]:
    """Yield what can be wrong with any cell."""
    for fault in (*characters(cell.text), formula(cell.text)):
        if fault:
            yield placed(fault, 0, heading)
    if fault := length(cell.text):
        yield placed(fault, 0, heading)


def length(text: str) -> Fault | None:
    """Return what is wrong with the length of a text, or of what a workbook left of it.

    Examples
    --------
    >>> length("x" * 32_767) is None, length("x" * 32_768).kind.value
    (True, 'too long')
    """
    if is_cut(text):
        reason = "only the beginning of the text is here, as a workbook could hold it"
        return Fault(Kind.TOO_LONG, reason, expected="the whole text, from the .csv file")
    if not is_too_long(text):
        return None
    reason = f"{written_length(text):,} characters are more than a cell of a spreadsheet holds"
    return Fault(Kind.TOO_LONG, reason, expected=f"at most {LONGEST_SHOWN:,}")


def lost_link(cell: Cell) -> Fault | None:
    """Return what is to be known of a link behind a cell that is not the title's.

    Examples
    --------
    >>> lost_link(Cell("a.org", "https://a.org/")) is None, lost_link(Cell("here", "b.org")).found
    (True, 'b.org')
    """
    if not cell.link or _plain_link(cell.link) in map(_plain_link, cell.text.split()):
        return None
    reason = "the sheet keeps the link behind the cell, but no edition shows it"
    expected = "the address in the text, or behind the title"
    found = cell.link[:LONGEST_FOUND]
    return Fault(Kind.LOST_LINK, reason, found=found, expected=expected)


def _plain_link(text: str) -> str:
    return _SCHEME.sub("", text).rstrip("/")


def _nameless(place: int, cell: Cell) -> Fault:
    reason = "the cell stands under no heading"
    return Fault(Kind.NO_HEADING, reason, column=unnamed(place), found=one_line(cell.text)[:60])


def together(fields: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with the fields of a row taken together."""
    faults = []
    if not bare(fields[TITLE.field]).strip():
        faults.append(Fault(Kind.NO_TITLE, "the row has no title", column=TITLE.heading))
    if fields.get(OPINION.field) and not fields.get(SUMMARY.field, "-"):
        reason = "an opinion on something that is not summarised"
        faults.append(Fault(Kind.OPINION_WITHOUT_SUMMARY, reason, column=OPINION.heading))
    if fields.get(SUMMARY.field) and not fields.get(SUMMARIZER.field, "-"):
        reason = "nobody is named who wrote the summary"
        faults.append(Fault(Kind.SUMMARY_WITHOUT_SUMMARIZER, reason, column=SUMMARIZER.heading))
    return faults
