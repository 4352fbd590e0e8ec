"""Workbooks of one worksheet in which every text is text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from comity.newsletter.model.columns import (
    EMAIL_STATUS,
    HIGHLIGHT,
    PUBLIC,
    EmailStatus,
    Publicity,
)
from comity.newsletter.sheets.cells import Cell, letters
from comity.newsletter.sheets.formulas import defuse
from comity.newsletter.sheets.xlsx_text import escape

NAME = "Entries"
WIDTHS = {"Title": 60, "Summary": 60, "My opinion": 40, "Authors": 30, "Category": 25}
WIDTH = 14
CHOICES = {
    EMAIL_STATUS.heading: tuple(word.value for word in EmailStatus if word),
    PUBLIC.heading: tuple(word.value for word in Publicity if word),
    HIGHLIGHT.heading: ("Highlight",),
}
"""Words that a spreadsheet offers in a column."""
FREE_ROWS = 1_000
"""Rows below the last that offer them too."""


def xlsx_bytes(
    headings: Sequence[str], lines: Sequence[Sequence[Cell | None]], name: str = NAME
) -> bytes:
    """Return an `.xlsx` file whose headings stay in sight.

    Texts that begin as a formula does carry the mark that keeps them text when they are edited.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        sheet.column_dimensions[letters(place)].width = WIDTHS.get(heading, WIDTH)
        _offer(sheet, place, heading, len(lines) + FREE_ROWS)
    sheet.append(list(_cells(sheet, [Cell(heading) if heading else None for heading in headings])))
    for line in lines:
        sheet.append(list(_cells(sheet, line)))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(sheet: Any, line: Sequence[Cell | None]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for cell in line:
        if cell is None:
            yield None
            continue
        written = WriteOnlyCell(sheet)
        if isinstance(cell.value, str):
            written.value = escape(cell.value)
            written.data_type = "s"
            if defuse(cell.value) != cell.value:
                written.quotePrefix = True
        else:
            written.value = cell.value
            if cell.format:
                written.number_format = cell.format
        if cell.link:
            written.hyperlink = cell.link
        yield written


def _offer(sheet: Any, place: int, heading: str, rows: int) -> None:
    """Offer the words of a column where its cells are filled in."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if heading in CHOICES:
        words = ",".join(CHOICES[heading])
        column = letters(place)
        offer = DataValidation("list", formula1=f'"{words}"', showErrorMessage=False)
        offer.add(f"{column}2:{column}{rows + 1}")
        sheet.data_validations.append(offer)
