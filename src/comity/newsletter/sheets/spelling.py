"""From an entry to the cells that say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.newsletter.model.columns import (
    HIGHLIGHT,
    HIGHLIGHT_RATING,
    PART_OF,
    RATING,
    TITLE,
    TOPICS,
    YEAR,
    Column,
)
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.years import years
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.text.references import spell
from comity.newsletter.text.titles import Titles


def spell_cell(entry: Entry, column: Column, titles: Titles) -> Cell | None:
    """Return the cell of an entry in a column; nothing where it is empty."""
    special = _SPECIAL.get(column)
    if special:
        return special(entry, titles)
    value = getattr(entry, column.field) or ""
    if column.field in TEXTS:
        value = spell(value, titles)
    return Cell(str(value)) if value else None


def _rating(entry: Entry, _: Titles) -> Cell | None:
    rating = HIGHLIGHT_RATING if entry.is_highlight else entry.rating
    return Cell(rating) if rating is not None else None


def _year(entry: Entry, _: Titles) -> Cell | None:
    if not entry.year:
        return None
    return Cell(int(entry.year) if years(entry.year) == (entry.year,) else entry.year)


def _title(entry: Entry, _: Titles) -> Cell | None:
    return Cell(entry.title, entry.url) if entry.title else None


def _highlight(entry: Entry, _: Titles) -> Cell | None:
    return Cell("Highlight") if entry.is_highlight else None


def _part_of(entry: Entry, titles: Titles) -> Cell | None:
    title = titles.titles.get(entry.part_of or "")
    return Cell(title) if title else None


def _topics(entry: Entry, _: Titles) -> Cell | None:
    return Cell(", ".join(entry.topics)) if entry.topics else None


_SPECIAL: Mapping[Column, Callable[[Entry, Titles], Cell | None]] = {
    HIGHLIGHT: _highlight,
    PART_OF: _part_of,
    RATING: _rating,
    TITLE: _title,
    TOPICS: _topics,
    YEAR: _year,
}
"""Columns that are not the text of a field."""
