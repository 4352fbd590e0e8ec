"""What sheets said in their own way, so that they can be written back cell for cell."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from comity.newsletter.store.metadata import METADATA

CELLS = Table(
    "cells",
    METADATA,
    Column("entry", Text, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    # A field of the entry, or ``extra:`` and the heading of a column that neither form knows.
    Column("field", Text, primary_key=True),
    # JSON, see comity.newsletter.sheets.cells.
    Column("cell", Text, nullable=False),
)
"""Cells that say what the entry says, but not as it would be spelled anew."""

LAYOUTS = Table(
    "layouts",
    METADATA,
    Column("form", Text, primary_key=True),
    # JSON: headings in order; positions of empty rows.
    Column("headings", Text, nullable=False),
    Column("blanks", Text, nullable=False),
)
"""How the sheet of each form last came: its columns and its empty rows."""
