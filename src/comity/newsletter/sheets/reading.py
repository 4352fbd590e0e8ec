"""A sheet of a publication from its file, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.sheets.binding import ENTRIES, SEARCHED_ROWS, Headings
from comity.newsletter.sheets.cells import Table
from comity.newsletter.sheets.csv_reading import read_text
from comity.newsletter.sheets.limits import check_file
from comity.newsletter.sheets.xlsx_reading import Grid, read_workbook

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_sheet(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    headings: Headings = ENTRIES,
) -> Table:
    """Return the sheet of a publication that a file holds.

    Parameters
    ----------
    sheet : name of the worksheet, where a workbook has several that could be meant.
    encoding : of a `.csv` file that is neither UTF-8 nor UTF-16.
    headings : by which the table is known.

    Raises `InputError` where there is none, with what was found instead.
    """
    path = Path(path)
    check_file(path)
    with path.open("rb") as stream:
        begin = stream.read(4)
    if begin == OLD_EXCEL:
        raise InputError(
            "a workbook of a kind that is not read",
            file=str(path),
            found="an old .xls file, or one with a password",
            expected="an .xlsx or .csv file",
        )
    if begin == ZIP:
        return _first(read_workbook(path), path, sheet, headings)
    if path.suffix.lower() == ".xlsx":
        raise InputError("not a workbook", file=str(path), expected="an .xlsx or .csv file")
    table = _table(read_text(path, encoding, headings), path, headings, holds_links=False)
    if table is None:
        raise _no_headings(path, headings)
    return table


def _first(grids: Iterator[Grid], path: Path, sheet: str | None, headings: Headings) -> Table:
    """Return the first worksheet with our headings, or the one that is named.

    Raises `InputError` where another worksheet has the same headings, and rows: nothing tells
    which one is meant.
    """
    names: list[str] = []
    same: list[str] = []
    found: Table | None = None
    for grid in grids:
        names.append(grid.name)
        meant = sheet in (None, grid.name)
        table = _table(grid, path, headings, holds_links=True) if meant else None
        if table and (found is None or (_alike(table, found) and any(table.rows))):
            found = found or table
            same.append(grid.name)
    if found is None:
        raise _no_headings(path, headings, names)
    if len(same) > 1:
        raise InputError(
            "several worksheets with the same headings",
            file=str(path),
            found=", ".join(same),
            expected="the name of the one that is meant (--sheet)",
        )
    passed = [name for name in names if name not in same]
    notes = found.notes + ((f"not read: the worksheets {', '.join(passed)}",) if passed else ())
    return replace(found, notes=notes)


def _alike(table: Table, other: Table) -> bool:
    """Return whether two tables have the same headings."""
    return [*filter(None, table.headings)] == [*filter(None, other.headings)]


def _table(grid: Grid, path: Path, wanted: Headings, *, holds_links: bool) -> Table | None:
    """Return the table below the headings, or nothing where there are none."""
    used = sorted(grid.rows)
    for top in islice(used, SEARCHED_ROWS):
        cells = grid.rows[top]
        width = 1 + max(column for row in used if row >= top for column in grid.rows[row])
        headings = tuple(cells[k].text if k in cells else "" for k in range(width))
        if wanted.is_row(headings):
            break
    else:
        return None
    rows = tuple(grid.rows.get(row, {}) for row in range(top + 1, used[-1] + 1))
    formulas = {
        (row - top - 1, column): text for (row, column), text in grid.formulas.items() if row > top
    }
    above = [row + 1 for row in used if row < top]
    rows_above = "1 row" if len(above) == 1 else f"{len(above)} rows"
    notes = [f"not read: {rows_above} above the headings"] if above else []
    notes += grid.notes
    return Table(str(path), headings, rows, top + 2, formulas, tuple(notes), holds_links)


def _no_headings(path: Path, headings: Headings, sheets: list[str] | None = None) -> InputError:
    return InputError(
        "no row of headings",
        file=str(path),
        found=f"worksheets {', '.join(sheets)}" if sheets else None,
        expected=headings.expected,
    )
