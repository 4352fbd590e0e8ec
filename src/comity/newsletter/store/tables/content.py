"""Entries, works, issues, and what was said of them since."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from comity.newsletter.store.metadata import METADATA

TEXT_FIELDS = (
    "title",
    "category",
    "url",
    "authors",
    "venue",
    "year",
    "hat_tip",
    "summarizer",
    "summary",
    "opinion",
    "prerequisites",
    "read_more",
    "email",
    "email_status",
    "public",
    "summarize",
    "notes",
)
"""Fields of an entry that are text, under the same names as in `Entry`."""


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _entry() -> Column[str]:
    return Column("entry", Text, ForeignKey("entries.id"), nullable=False)


ENTRIES = Table(
    "entries",
    METADATA,
    # A number for the search index, which knows rows by number only.
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    *(_text(name) for name in TEXT_FIELDS),
    Column("highlight", Boolean, nullable=False),
    Column("rating", Integer),
    Column("issue", Integer),
    Column("part_of", Text),
    Column("work", Text),
    Column("case", Text),
    # JSON: a list of words; a list of pairs of heading and text.
    Column("topics", Text, nullable=False, server_default="[]"),
    Column("extra", Text, nullable=False, server_default="[]"),
    Index("ix_entries_position", "position"),
    Index("ix_entries_issue", "issue"),
)

ISSUES = Table(
    "issues",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *(_text(name) for name in ("title", "date", "opening", "closing", "sent", "created")),
    # Of the recording; empty while there is none.
    Column("audio_file", Text),
    Column("audio_bytes", Integer),
    Column("audio_seconds", Float),
)

WORKS = Table(
    "works",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("title"),
    _text("authors"),
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("work", Text, ForeignKey("works.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    *(_text(name) for name in ("kind", "url", "venue", "year", "doi", "arxiv")),
)

ERRATA = Table(
    "errata",
    METADATA,
    Column("id", Integer, primary_key=True),
    _entry(),
    _text("date"),
    _text("note"),
    _text("made"),
)

REPLIES = Table(
    "author_replies",
    METADATA,
    Column("id", Integer, primary_key=True),
    _entry(),
    _text("name"),
    _text("date"),
    _text("text"),
)

STATE = Table(
    "state",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)
"""``content``: how often what is searched has changed."""
