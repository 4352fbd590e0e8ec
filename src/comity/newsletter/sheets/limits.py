"""What is refused before it is read: files made to fill a memory, and what no sheet can be."""

from __future__ import annotations

from pathlib import Path

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.xlsx_text import escape

MOST_BYTES = 64 << 20
"""Largest file."""
MOST_UNPACKED = 128 << 20
"""Largest workbook, unpacked."""
MOST_PARTS = 2_000
"""Files inside a workbook."""
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
"""Cells that are not empty: some hundred bytes of memory each."""
LONGEST_CELL = 131_072
"""Characters of a cell that is read at all; the same for both kinds of file."""
LONGEST_SHOWN = 32_767
"""Characters that a cell of a spreadsheet can hold: "Excel specifications and limits"."""
CUT = " … [cut off here: the sheet as .csv has all of it]"
"""Last words of a text that a workbook could not hold."""
_LONGEST_ESCAPE = 7


def check_file(path: Path) -> None:
    """Raise `InputError` where there is no file, `SizeError` where it is too large for a sheet."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError("cannot read the file", file=str(path), found=error.strerror) from error
    if not path.is_file():
        raise InputError("not a file", file=str(path))
    if size > MOST_BYTES:
        raise SizeError(
            "the file is too large for a sheet",
            file=str(path),
            found=f"{size:,} bytes",
            expected=f"at most {MOST_BYTES:,}",
        )


def check_cell(text: str, file: str, place: str) -> None:
    """Raise `SizeError` where a cell is too long to be read at all."""
    if len(text) > LONGEST_CELL:
        raise SizeError(
            "the cell is too long",
            file=file,
            place=place,
            found=f"{len(text):,} characters",
            expected=f"at most {LONGEST_CELL:,}",
        )


def check_count(cells: int, name: str) -> None:
    """Raise `SizeError` where a sheet has too many cells that are not empty."""
    if cells > MOST_CELLS:
        raise SizeError(
            "the sheet is too large",
            file=name,
            found=f"more than {MOST_CELLS:,} cells",
            expected=f"at most {MOST_CELLS:,}",
        )


def check_place(row: int, column: int, file: str) -> None:
    """Raise `SizeError` where a cell that is not empty lies too far out; both from 0."""
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise SizeError(
            "the sheet is too large",
            file=file,
            found=f"a cell in row {row + 1:,}, column {column + 1:,}",
            expected=f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns",
        )


def written_length(text: str) -> int:
    r"""Return the characters that a text takes in a workbook, counted as workbooks count them.

    Examples
    --------
    >>> written_length("abc"), written_length("\r"), written_length("🤝")
    (3, 7, 2)
    """
    return len(escape(text).encode("utf-16-le")) // 2


def is_too_long(text: str) -> bool:
    """Return whether no cell of a workbook can hold a text."""
    may = len(text) * _LONGEST_ESCAPE > LONGEST_SHOWN
    return may and written_length(text) > LONGEST_SHOWN


def cut(text: str) -> str:
    """Return a text as a workbook can hold it: one that is too long ends in `CUT`."""
    if not is_too_long(text):
        return text
    room = LONGEST_SHOWN - written_length(CUT)
    kept = text[:room]
    while (over := written_length(kept) - room) > 0:
        kept = kept[: -max(1, over // _LONGEST_ESCAPE)]
    return kept + CUT


def is_cut(text: str) -> bool:
    """Return whether a text is what a workbook could hold of a longer one."""
    return text.rstrip().endswith(CUT.strip())


def check_shown(text: str, file: str, place: str) -> None:
    """Raise `SizeError` where no cell of a workbook can hold a text, as it is written there."""
    if (size := written_length(text)) > LONGEST_SHOWN:
        raise SizeError(
            "the text is longer than a cell of a workbook can be",
            file=file,
            place=place,
            found=f"{size:,} characters",
            expected=f"at most {LONGEST_SHOWN:,}; a .csv file holds it",
        )
