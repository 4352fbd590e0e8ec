"""What is kept of a sheet beside its entries: cells spelled in their own way, and its layout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from comity.newsletter.sheets.cells import Cell
from comity.newsletter.store.tables.sheet import CELLS, LAYOUTS

EXTRA = "extra:"
"""What stands before the heading of a column that neither form knows."""
AT_ONCE = 500

Cells = Mapping[tuple[str, str], Cell]
"""Cells by the entry's id and the field."""


@dataclass(frozen=True)
class Layout:
    """How a sheet came.

    Attributes
    ----------
    headings : of all columns in their order, as they were written.
    blanks : positions of empty rows between others.
    """

    headings: tuple[str, ...]
    blanks: tuple[int, ...] = ()


def read_cells(connection: Connection) -> Cells:
    """Return all cells that are kept."""
    query = select(CELLS.c.entry, CELLS.c.field, CELLS.c.cell)
    return {(entry, name): Cell.of_json(cell) for entry, name, cell in connection.execute(query)}


def cells_of(connection: Connection, entry: str) -> dict[str, Cell]:
    """Return the cells that are kept of one entry, by field."""
    query = select(CELLS.c.field, CELLS.c.cell).where(CELLS.c.entry == entry)
    return {name: Cell.of_json(cell) for name, cell in connection.execute(query)}


def write_cells(
    connection: Connection, entries: Iterable[str], fields: Iterable[str], cells: Cells
) -> None:
    """Keep the cells of some entries in some fields, in place of those kept before."""
    ids, names = list(entries), list(fields)
    for start in range(0, len(ids), AT_ONCE):
        part = CELLS.c.entry.in_(ids[start : start + AT_ONCE])
        connection.execute(delete(CELLS).where(part & CELLS.c.field.in_(names)))
    rows = [
        {"entry": entry, "field": name, "cell": cell.to_json()}
        for (entry, name), cell in cells.items()
    ]
    if rows:
        connection.execute(insert(CELLS), rows)


def read_layout(connection: Connection, form: str) -> Layout | None:
    """Return how the sheet of a form last came, nothing if none did."""
    query = select(LAYOUTS.c.headings, LAYOUTS.c.blanks).where(LAYOUTS.c.form == form)
    row = connection.execute(query).one_or_none()
    return Layout(*(tuple(json.loads(text)) for text in row)) if row else None


def write_layout(connection: Connection, form: str, layout: Layout) -> None:
    """Keep how the sheet of a form came."""
    connection.execute(delete(LAYOUTS).where(LAYOUTS.c.form == form))
    row = {"headings": json.dumps(layout.headings), "blanks": json.dumps(layout.blanks)}
    connection.execute(insert(LAYOUTS).values(form=form, **row))
