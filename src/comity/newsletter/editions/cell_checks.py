"""What is wrong with cells of a sheet that was imported with its faults.

An entry holds what a cell could be read as, and the cell is kept as it came. A cell counts while it
still says what the entry holds: once an editor has changed the field, it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from comity.newsletter.editions.entry_checks import place_of
from comity.newsletter.editions.lengths import long_cells
from comity.newsletter.model.columns import (
    CATEGORY,
    EMAIL,
    EMAIL_STATUS,
    HIGHLIGHT,
    KNOWN,
    PUBLIC,
    RATING,
    TITLE,
    URL,
    YEAR,
)
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import Reader, says
from comity.newsletter.sheets.rows import length, lost_link
from comity.newsletter.sheets.words import address, characters
from comity.newsletter.text.titles import Titles

READ = (RATING, HIGHLIGHT, EMAIL_STATUS, PUBLIC, URL, CATEGORY)
"""Columns whose cells are read as something else than their text."""
AS_TYPED = (YEAR, EMAIL)
"""Columns whose text the entry holds, whatever can be read in it."""


def cell_faults(
    entry: Entry, cells: Mapping[str, Cell], reader: Reader, titles: Titles
) -> Iterator[Fault]:
    """Yield what is wrong with the cells of an entry.

    Parameters
    ----------
    cells : that are kept of the entry, by field.
    titles : of all entries, which its references name.
    """
    for heading, fault in _found(entry, cells, reader, titles):
        yield replace(fault, column=heading, place=place_of(entry, heading), entry=entry.id)


def _found(
    entry: Entry, cells: Mapping[str, Cell], reader: Reader, titles: Titles
) -> Iterator[tuple[str, Fault]]:
    kept = {column: cells[column.field] for column in KNOWN if column.field in cells}
    kept = {c: cell for c, cell in kept.items() if says(reader, c, cell, entry, titles)}
    texts = {column: kept[column].text for column in READ if column in kept}
    texts |= {column: getattr(entry, column.field) for column in AS_TYPED}
    faults = [(column.heading, reader.field(column, text)[1]) for column, text in texts.items()]
    if TITLE in kept and not entry.url:
        faults.append((TITLE.heading, address(kept[TITLE].link)[1]))
    faults += [(c.heading, lost_link(cell)) for c, cell in kept.items() if c != TITLE]
    said = [(column.heading, cell.text) for column, cell in kept.items()]
    faults += [(name, f) for name, text in (*said, *entry.extra) for f in characters(text)]
    faults += [(fault.column, fault) for fault in long_cells(entry, KNOWN, titles)]
    faults += [(name, length(text)) for name, text in entry.extra]
    yield from ((heading, fault) for heading, fault in faults if fault)
