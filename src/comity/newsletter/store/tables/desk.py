"""What editors typed and have not saved yet."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from comity.newsletter.store.metadata import METADATA

DRAFTS = Table(
    "desk_drafts",
    METADATA,
    # Of the entry, or a word for one that is not saved yet.
    Column("entry", Text, primary_key=True),
    Column("editor", Text, primary_key=True),
    # Forms in JSON: as it was when the editor began, and as it is now.
    Column("before", Text, nullable=False),
    Column("fields", Text, nullable=False),
    # ISO 8601.
    Column("time", Text, nullable=False),
)
