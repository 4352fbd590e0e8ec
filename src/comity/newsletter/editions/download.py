"""The sheet that readers may download: in both forms, the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from comity.newsletter.editions import addresses
from comity.newsletter.editions.corrections import heading
from comity.newsletter.editions.dates import told
from comity.newsletter.editions.lengths import long_cells, long_text
from comity.newsletter.editions.offline import packed
from comity.newsletter.model.columns import PUBLIC_FORM
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault
from comity.newsletter.model.withholding import View
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.exporting import Sheet, make_sheet, sheet_bytes
from comity.newsletter.sheets.limits import cut
from comity.newsletter.text.references import spell

MADE = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*")
CORRECTIONS = "Corrections"
"""Heading of what was corrected; an import keeps it as any column that it does not know."""
IN_PART = f"{addresses.SHEET_XLSX} has its beginning, {addresses.SHEET_CSV} all of it"
THEN = rb"\g<1>1980-01-01T00:00:00Z"


def sheets(view: View) -> Iterator[tuple[str, bytes]]:
    """Yield the public sheet in each form, with its address.

    Cells are written anew from what the audience may see: cells that were kept as an editor wrote
    them never leave the publication. Where something was corrected, a last column tells it. A text
    that no workbook can hold is whole in the `.csv` file, and ends in a mark in the other.
    """
    yield addresses.SHEET_XLSX, dateless(_bytes(view, ".xlsx"))
    yield addresses.SHEET_CSV, _bytes(view, ".csv")


def too_long(view: View) -> Iterator[Fault]:
    """Yield a fault for each cell of which the workbook has the beginning alone."""
    for entry in view.archive.entries:
        note = _corrections(view, entry)
        yield from map(_as_shown, long_cells(entry, PUBLIC_FORM, view.titles))
        others = (*entry.extra, *([(CORRECTIONS, note.text)] if note else []))
        for name, text in others:
            yield from map(_as_shown, long_text(entry, name, text))


def _as_shown(fault: Fault) -> Fault:
    return replace(fault, expected=f"{fault.expected}; {IN_PART}")


def _bytes(view: View, suffix: str) -> bytes:
    sheet = make_sheet(view, "public", holds_links=suffix != ".csv")
    if view.errata:
        notes = (_corrections(view, entry) for entry in view.archive.entries)
        lines = tuple((*line, note) for line, note in zip(sheet.lines, notes, strict=True))
        sheet = Sheet((*sheet.headings, CORRECTIONS), lines)
    if suffix == ".xlsx":
        sheet = Sheet(sheet.headings, tuple(tuple(map(_cut, line)) for line in sheet.lines))
    return sheet_bytes(sheet, suffix)


def _cut(cell: Cell | None) -> Cell | None:
    if cell is None or not isinstance(cell.value, str):
        return cell
    return cell._replace(value=cut(cell.value))


def _corrections(view: View, entry: Entry) -> Cell | None:
    """Return what was corrected in an entry, each with its day, as texts stand in a sheet."""
    notes = [
        f"{heading(told(erratum.date))} {spell(erratum.note, view.titles)}"
        for erratum in view.errata.get(entry.id, ())
    ]
    return Cell("\n\n".join(notes)) if notes else None


def dateless(workbook: bytes) -> bytes:
    """Return a workbook that does not tell when it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: MADE.sub(THEN, package.read(name)) for name in package.namelist()}
    return packed(parts)
