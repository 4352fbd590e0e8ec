"""Worksheets of a workbook, read in one pass: values, formulas with their results, and links."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import Element

from comity.core.errors import InputError
from comity.newsletter.sheets.cells import Cell, letters
from comity.newsletter.sheets.formulas import hyperlink
from comity.newsletter.sheets.limits import check_cell, check_count, check_place
from comity.newsletter.sheets.xlsx_package import COMMENTS, Package, local, open_package, text_of
from comity.newsletter.sheets.xlsx_text import unescape

DAYS_TO_1904 = 1462
"""Days from the one origin of dates to the other; all are kept by the first."""

NAMED = 10
"""Places that one note names."""

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.IGNORECASE)


@dataclass
class Grid:
    """The cells of one worksheet that are not empty, by row and column from 0.

    Attributes
    ----------
    notes : what the worksheet has that is not kept.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    count: int = 0
    notes: list[str] = field(default_factory=list)

    def put(self, place: tuple[int, int], cell: Cell) -> None:
        """Add a cell; raise `SizeError` where there are too many."""
        self.count += 1
        check_count(self.count, self.name)
        self.rows.setdefault(place[0], {})[place[1]] = cell


def read_workbook(path: Path) -> Iterator[Grid]:
    """Yield the worksheets of a workbook one after another, in the order of their tabs.

    Raises `InputError` where the workbook is broken and `SizeError` where it is too large.
    """
    with open_package(path) as package:
        for sheet in package.sheets:
            yield _Reader(package, Grid(sheet.name)).read(sheet.path)


@dataclass
class _Reader:
    package: Package
    grid: Grid
    row: int = -1
    column: int = -1

    def read(self, part: str) -> Grid:
        rows: Element | None = None
        links: list[Element] = []
        merged: list[str] = []
        for event, element in self.package.events(part, "start", "end"):
            name = local(element.tag)
            if event == "start":
                rows = element if name == "sheetData" else rows
                if name == "row":
                    self._begin_row(element.get("r"))
            elif name == "c":
                self._cell(element)
            elif name == "row" and rows is not None:
                rows.clear()
            elif name == "hyperlink":
                links.append(element)
            elif name == "mergeCell":
                merged.append(element.get("ref", ""))
        if links:
            self._link(links, part)
        self._note("merged cells", merged)
        self._note("comments on cells", self._comments(part))
        return self.grid

    def _comments(self, part: str) -> list[str]:
        """Return the places of comments."""
        found = self.package.targets(part).values()
        paths = [target.path for target in found if target.kind.endswith(COMMENTS)]
        events = (event for path in paths for event in self.package.events(path))
        return [e.get("ref", "") for _, e in events if local(e.tag) == "comment"]

    def _note(self, what: str, places: list[str]) -> None:
        """Say that something at some places is not kept."""
        if places:
            more = f" and {len(places) - NAMED:,} more" if len(places) > NAMED else ""
            self.grid.notes.append(f"not kept: {what} {', '.join(places[:NAMED])}{more}")

    def _begin_row(self, number: str | None) -> None:
        """Go to a row, which may leave out its number where it follows the one before."""
        if number is None:
            self.row += 1
        else:
            self.row = _row_and_column(f"A{number}", self.package.file)[0]
        self.column = -1

    def _cell(self, element: Element) -> None:
        place = self._place(element.get("r"))
        parts = {local(child.tag): child for child in element}
        cell = self._value(element, parts)
        if "f" in parts:
            formula = "=" + unescape(parts["f"].text or "")
            if found := hyperlink(formula):
                link, text = found
                cell = Cell(text or (cell.text if cell else ""), link)
            else:
                self.grid.formulas[place] = formula
        if cell is not None and cell.value != "":
            where = f"{letters(place[1])}{place[0] + 1}"
            check_place(*place, self.package.file)
            check_cell(cell.text, self.package.file, where)
            if place[1] in self.grid.rows.get(place[0], {}):
                raise InputError(
                    "a broken workbook", file=self.package.file, place=where, found="two cells"
                )
            self.grid.put(place, cell)

    def _place(self, reference: str | None) -> tuple[int, int]:
        """Return row and column of a cell, which may leave out what follows from the one before."""
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = _row_and_column(reference, self.package.file)
        return self.row, self.column

    def _value(self, element: Element, parts: dict[str, Element]) -> Cell | None:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return Cell(text_of(parts["is"])) if "is" in parts else None
        text = parts["v"].text if "v" in parts else None
        if not text:
            return None
        try:
            if kind == "s":
                return Cell(self.package.strings[int(text)])
            if kind == "b":
                return Cell(text.strip() in ("1", "true"))
            if kind == "n":
                return self._number(text, int(element.get("s", 0)))
        except (ValueError, IndexError) as error:
            place = f"{letters(self.column)}{self.row + 1}"
            raise InputError(
                "a broken workbook", file=self.package.file, place=place, found=text[:40]
            ) from error
        return Cell(unescape(text))

    def _number(self, text: str, style: int) -> Cell:
        number: int | float = int(text) if text.lstrip("-").isdigit() else float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        form = self.package.dates.get(style, "")
        if form and self.package.counts_from_1904:
            number += DAYS_TO_1904
        shown = _moment(number) if form else ""
        return Cell(number, "", form, shown) if shown else Cell(number)

    def _link(self, links: list[Element], part: str) -> None:
        """Put links on cells; a link on several cells is on each that is not empty."""
        targets = self.package.targets(part)
        for element in links:
            key = next((v for k, v in element.items() if local(k) == "id"), "")
            address = targets[key].path if key in targets else ""
            if location := element.get("location"):
                address += f"#{location}"
            first, _, last = element.get("ref", "").partition(":")
            top, left = _row_and_column(first, self.package.file)
            bottom, right = _row_and_column(last or first, self.package.file)
            for row in self.grid.rows.keys() & range(top, bottom + 1):
                for column in self.grid.rows[row].keys() & range(left, right + 1):
                    cell = self.grid.rows[row][column]
                    self.grid.rows[row][column] = cell._replace(link=address)


def _row_and_column(reference: str, file: str) -> tuple[int, int]:
    match = _PLACE.fullmatch(reference)
    if not match:
        raise InputError("a broken workbook", file=file, place="cell", found=reference[:40])
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _moment(number: float) -> str:
    """Return the day, moment or time that a number stands for, ISO 8601, or nothing."""
    from openpyxl.utils.datetime import from_excel

    try:
        moment = from_excel(number)
    except (OverflowError, ValueError):
        return ""
    if isinstance(moment, datetime) and moment.time() == datetime.min.time():
        moment = moment.date()
    return moment.isoformat() if isinstance(moment, date | time) else str(moment)
