"""What engines of translation said, and which issues are shown in which languages."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from comity.newsletter.store.metadata import METADATA

SENTENCES = Table(
    "translated_sentences",
    METADATA,
    # Digest of engine, version, languages and sentence.
    Column("key", Text, primary_key=True),
    Column("text", Text, nullable=False),
    # JSON: words that the engine did not know.
    Column("unknown", Text, nullable=False, server_default="[]"),
)

TRANSLATIONS = Table(
    "translations",
    METADATA,
    Column("issue", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("engine", Text, nullable=False),
    # JSON: the words that stood for names when the engine was asked.
    Column("stand_ins", Text, nullable=False, server_default="[]"),
    Column("made", Text, nullable=False),
)
"""An issue that is shown in another language; its sentences are found by their digests."""
