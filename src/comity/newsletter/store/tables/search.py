"""What is searched, by audience, what it must follow, and searches that somebody keeps.

Documents are the entries of an audience's view. Each term (a word, the beginning of words, a
filter) has the documents that it is in, by parts: ranges of rows, so that a change of one entry
writes little. Phrases are found by the pairs of words that stand side by side.

Triggers keep a journal of what changed in entries and issues, in the transaction that changes it,
whoever does; from it an index is brought up to date. What refers to what tells which other
documents a change reaches.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
)

from comity.newsletter.store.metadata import METADATA
from comity.newsletter.store.tables.content import ENTRIES

DOCUMENTS = Table(
    "search_documents",
    METADATA,
    Column("audience", Text, primary_key=True),
    # The row of the entry in its table.
    Column("row", Integer, primary_key=True),
    Column("entry", Text, nullable=False),
    # JSON: plain text by field; terms of filters.
    Column("texts", Text, nullable=False),
    Column("facets", Text, nullable=False),
)

POSTINGS = Table(
    "search_postings",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    # Rows within the part, ascending, 16 bits each, and how much each holds, 8 bits. Where that is
    # less: no rows, and how much each row of the part holds from the first on.
    Column("rows", LargeBinary, nullable=False),
    Column("amounts", LargeBinary, nullable=False),
)

PAIRS = Table(
    "search_pairs",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("bucket", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    # Numbers of the pairs, ascending, 64 bits each; rows within the part and places, 32 bits.
    Column("numbers", LargeBinary, nullable=False),
    Column("where", LargeBinary, nullable=False),
)

LENGTHS = Table(
    "search_lengths",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    # Of each row of the part from the first on, 32 bits each: words, 0 where there is no document;
    # the number of its issue, -1 where it is in none.
    Column("words", LargeBinary, nullable=False),
    Column("issues", LargeBinary, nullable=False),
)

INDEXED = Table(
    "search_indexed",
    METADATA,
    Column("audience", Text, primary_key=True),
    # As of which content and settings the index is, and the last change that it knows of.
    Column("content", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    # Words of all documents.
    Column("words", Integer, nullable=False),
)

CHANGES = Table(
    "search_changes",
    METADATA,
    Column("number", Integer, primary_key=True),
    # Of an entry before and after: its row, id and title. Or the number of an issue.
    Column("row", Integer),
    Column("entry", Text),
    Column("title", Text),
    Column("issue", Integer),
    sqlite_autoincrement=True,
)

NAMES = Table(
    "search_names",
    METADATA,
    # What an entry is called, as a number (see `comity.newsletter.search.links`), and its row.
    Column("key", BigInteger, primary_key=True),
    Column("row", Integer, primary_key=True),
    Index("ix_search_names_row", "row"),
)

LINKS = Table(
    "search_links",
    METADATA,
    # What an entry refers to, as a number, and the row of that entry.
    Column("key", BigInteger, primary_key=True),
    Column("row", Integer, primary_key=True),
    Index("ix_search_links_row", "row"),
)

SEARCHES = Table(
    "searches",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    # JSON of the filters that are set.
    Column("filters", Text, nullable=False),
    Column("created", Text, nullable=False),
    Index("ix_searches_name", "name", unique=True),
)

LINKED = "linked"
"""In `STATE` once there is an index: the last change that `NAMES` and `LINKS` know of."""
FORGOTTEN = "forgotten"
"""In `STATE`: the last change that is in the journal no longer."""

_FOLLOWED = f"EXISTS (SELECT 1 FROM state WHERE name = '{LINKED}')"
_DIFFERS = " OR ".join(
    f'OLD."{column.name}" IS NOT NEW."{column.name}"'
    for column in ENTRIES.columns
    if column.name != "position"
)
_BEFORE = "INSERT INTO search_changes (row, entry, title) VALUES (OLD.row, OLD.id, OLD.title);"
_AFTER = "INSERT INTO search_changes (row, entry, title) VALUES (NEW.row, NEW.id, NEW.title);"
_ISSUE_BEFORE = "INSERT INTO search_changes (issue) VALUES (OLD.number);"
_ISSUE_AFTER = "INSERT INTO search_changes (issue) VALUES (NEW.number);"
TRIGGERS = {
    "search_entry_made": ("INSERT ON entries", _FOLLOWED, _AFTER),
    "search_entry_gone": ("DELETE ON entries", _FOLLOWED, _BEFORE),
    "search_entry_changed": (
        "UPDATE ON entries",
        f"{_FOLLOWED} AND ({_DIFFERS})",
        f"{_BEFORE} {_AFTER}",
    ),
    "search_issue_made": ("INSERT ON issues", _FOLLOWED, _ISSUE_AFTER),
    "search_issue_gone": ("DELETE ON issues", _FOLLOWED, _ISSUE_BEFORE),
    "search_issue_changed": (
        "UPDATE ON issues",
        f"{_FOLLOWED} AND (OLD.sent IS NOT NEW.sent OR OLD.number IS NOT NEW.number)",
        f"{_ISSUE_BEFORE} {_ISSUE_AFTER}",
    ),
}
"""By name: after what, when, and what is written into the journal."""


@event.listens_for(METADATA, "after_create")
def _make_triggers(_: MetaData, connection: Connection, **__: Any) -> None:
    for name, (after, when, body) in TRIGGERS.items():
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {after} WHEN {when} BEGIN {body} END"
        )
