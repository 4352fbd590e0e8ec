"""Tables as text that every spreadsheet opens and none runs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.formulas import defuse, link


def csv_bytes(headings: Sequence[str], lines: Sequence[Sequence[Cell | None]]) -> bytes:
    """Return a `.csv` file: UTF-8 with a mark that Excel looks for, lines ended as in RFC 4180.

    A cell that leads somewhere becomes the formula of a link.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([defuse(heading) for heading in headings])
    empty = [""] * len(headings)
    for line in lines:
        texts = [_written(cell) if cell else "" for cell in line]
        writer.writerow(texts or empty)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _written(cell: Cell) -> str:
    return link(cell.link, cell.text) if cell.link else defuse(cell.text)
