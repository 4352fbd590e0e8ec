"""Text tables: lines of cells with commas, semicolons or tabs between, each with its number."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.core.errors import InputError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Delimited:
    """A table of text.

    Attributes
    ----------
    header : names of the columns.
    rows : cells as they stand, one tuple a row.
    lines : the line of the file on which each row ends.
    """

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]


def parse(
    content: bytes, names: Sequence[str] | None = None, delimiter: str | None = None
) -> Delimited:
    r"""Return the table that a text file holds.

    Parameters
    ----------
    content : the bytes of the file, in UTF-8, or in UTF-16 or UTF-32 with a byte order mark.
    names : names of the columns where the first line is not a header.
    delimiter : what stands between cells; the most frequent of comma, semicolon, tab and bar in
        the first line unless given.

    Rows that are empty are passed over; rows that are short hold nothing at their end. Raises
    `InputError`, placed at a line, where the file is not text, is empty, closes no quote, names a
    column twice, or holds a row with more cells than columns.

    Examples
    --------
    >>> table = parse(b"who;gave\nAna;3\n\nBo;\n")
    >>> table.header, table.rows, table.lines
    (('who', 'gave'), [('Ana', '3'), ('Bo', '')], [2, 4])
    """
    text = _decoded(content)
    lines = _records(text, delimiter or _delimiter(text))
    if names is None:
        header, _ = next(lines, ((), 0))
        if not header:
            raise InputError("the file is empty", expected="a header and rows below it")
    else:
        header = _given_names(names)
    header = tuple(name.strip() or f"column {k}" for k, name in enumerate(header, start=1))
    _check_header(header)
    found = Delimited(header, [], [])
    for cells, line in lines:
        found.rows.append(_fitted(cells, header, line))
        found.lines.append(line)
    if not found.rows:
        raise InputError("the table has no rows", found=", ".join(header), expected="rows below")
    return found


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start
        line = content.count(b"\n", 0, start) + 1
        raise InputError(
            "the file is not text in UTF-8",
            place=f"line {line}",
            found=f"byte 0x{content[start]:02x}",
            expected="UTF-8; save it again in that encoding",
        ) from error
    if "\0" in text:
        raise InputError(
            "the file is not a table of text",
            place=f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}",
            found="a zero byte",
            expected="CSV or TSV; Parquet and Stata files end in .parquet and .dta",
        )
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter that the first line with anything on it holds most of."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _records(text: str, delimiter: str) -> Iterator[tuple[tuple[str, ...], int]]:
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(
            "cannot part cells", place="delimiter", found=repr(delimiter), expected="one character"
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield tuple(cells), reader.line_num
    except csv.Error as error:
        raise InputError(
            "the line cannot be parted into cells",
            place=f"line {reader.line_num}",
            found=str(error),
            expected="quotes that close",
        ) from error


def _given_names(names: Sequence[str]) -> tuple[str, ...]:
    if isinstance(names, str) or not all(isinstance(name, str) for name in names) or not names:
        raise InputError(
            "not names of columns",
            place="names",
            found=repr(names)[:80],
            expected="a list of names",
        )
    return tuple(names)


def _check_header(header: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in header:
        if name in seen:
            raise InputError("a column stands twice", place="header", found=repr(name))
        seen.add(name)


def _fitted(cells: tuple[str, ...], header: tuple[str, ...], line: int) -> tuple[str, ...]:
    extra = cells[len(header) :]
    if any(cell.strip() for cell in extra):
        raise InputError(
            "a row has more cells than there are columns",
            place=f"line {line}",
            found=f"{len(cells)} cells",
            expected=f"at most {len(header)}; quotes around cells that hold the delimiter",
        )
    return (*cells[: len(header)], *[""] * (len(header) - len(cells)))
