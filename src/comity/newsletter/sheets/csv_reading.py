"""Tables as text: comma, semicolon or tab between cells, in the quotes of RFC 4180."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.sheets.binding import ENTRIES, SEARCHED_ROWS, Headings
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.encodings import decode
from comity.newsletter.sheets.formulas import hyperlink, undo
from comity.newsletter.sheets.limits import MOST_BYTES, check_cell, check_place
from comity.newsletter.sheets.xlsx_reading import Grid

DELIMITERS = ",;\t"
HEAD = 1 << 16
"""Characters in which the headings are looked for."""


def read_text(path: Path, encoding: str | None = None, headings: Headings = ENTRIES) -> Grid:
    """Return the cells of a `.csv` file, whose delimiter stands between most headings.

    Raises `InputError` where it is no text, or a quote is never closed, and `SizeError` where it
    is too large.
    """
    with _long_fields():
        return _grid(decode(path.read_bytes(), str(path), encoding), path, headings)


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let long cells through, so that the fault can name them; the limit is the whole process's."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _grid(text: str, path: Path, headings: Headings) -> Grid:
    grid = Grid(path.name)
    delimiter = _delimiter(text, headings)
    for row, (line, values) in enumerate(_records(text, delimiter, str(path))):
        for column, value in enumerate(values):
            if value:
                check_place(row, column, str(path))
                check_cell(value, str(path), f"line {line}")
                _put(grid, (row, column), value)
    return grid


def _put(grid: Grid, place: tuple[int, int], value: str) -> None:
    """Add a cell; of one that is a link in the words of a formula, the formula as well."""
    if found := hyperlink(value):
        grid.formulas[place] = value
        grid.put(place, Cell(found[1], found[0]))
    else:
        grid.put(place, Cell(undo(value)))


def _delimiter(text: str, headings: Headings) -> str:
    """Return the delimiter that stands between most headings of ours or, failing that, cells."""

    def found(mark: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text[:HEAD], newline=""), delimiter=mark)
        rows = list(islice(filter(any, reader), SEARCHED_ROWS))
        known = [len(set(map(headings.column_of, row)) - {None}) for row in rows]
        return max(known, default=0), len(rows[0]) if rows else 0

    return max(DELIMITERS, key=found)


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its last line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for values in reader:
            yield reader.line_num, values
            begun = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "the table is broken",
            file=file,
            place=f"line {reader.line_num}" if reader.line_num <= begun else f"lines {begun} on",
            found=str(error),
            expected="cells with quotes around them that are closed",
        ) from error
