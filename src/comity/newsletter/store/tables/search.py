"""What is searched, by audience, and searches that somebody keeps.

Documents are the entries of an audience's view. Each word, and each filter, has the documents
that it is in as two arrays: numbers of the rows (32 bits, ascending) and how much each holds of
it (8 bits). Phrases are found by the pairs of words that stand side by side.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table, Text

from comity.newsletter.store.metadata import METADATA

DOCUMENTS = Table(
    "search_documents",
    METADATA,
    Column("audience", Text, primary_key=True),
    # The row of the entry in its table.
    Column("row", Integer, primary_key=True),
    Column("entry", Text, nullable=False),
    # Words in all, and what tells whether the entry has changed.
    Column("length", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    # JSON: plain text by field; terms of filters.
    Column("texts", Text, nullable=False),
    Column("facets", Text, nullable=False),
)

POSTINGS = Table(
    "search_postings",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("amounts", LargeBinary, nullable=False),
)

BEGINNINGS = Table(
    "search_beginnings",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("beginning", Text, primary_key=True),
    # Documents of the most frequent words that begin so; what they hold in all, 16 bits each.
    Column("rows", LargeBinary, nullable=False),
    Column("sums", LargeBinary, nullable=False),
)

PAIRS = Table(
    "search_pairs",
    METADATA,
    Column("audience", Text, primary_key=True),
    Column("bucket", Integer, primary_key=True),
    # A range of rows.
    Column("part", Integer, primary_key=True),
    # Numbers of the pairs, ascending, 64 bits each; rows within the part and places, 32 bits.
    Column("numbers", LargeBinary, nullable=False),
    Column("where", LargeBinary, nullable=False),
)

INDEXED = Table(
    "search_indexed",
    METADATA,
    Column("audience", Text, primary_key=True),
    # As of which content and settings the index is.
    Column("content", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    # Words of each document by the number of its row: 32 bits each.
    Column("lengths", LargeBinary, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("mean", Float, nullable=False),
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
