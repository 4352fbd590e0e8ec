"""Texts that are longer than a cell of a workbook can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from comity.newsletter.editions.entry_checks import place_of
from comity.newsletter.model.columns import Column
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault
from comity.newsletter.sheets.limits import is_too_long
from comity.newsletter.sheets.rows import length
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.text.titles import Titles


def long_cells(entry: Entry, columns: Iterable[Column], titles: Titles) -> Iterator[Fault]:
    """Yield the cells of an entry that no workbook can hold, as a sheet spells them."""
    for column in columns:
        text = getattr(entry, column.field)
        if isinstance(text, str) and (is_too_long(text) or "@" in text):
            cell = spell_cell(entry, column, titles)
            yield from long_text(entry, column.heading, cell.text if cell else "")


def long_text(entry: Entry, heading: str, text: str) -> Iterator[Fault]:
    """Yield a fault where no workbook can hold a text that stands with an entry."""
    if fault := length(text):
        place = place_of(entry, heading)
        yield replace(fault, place=place, column=heading, entry=entry.id)
