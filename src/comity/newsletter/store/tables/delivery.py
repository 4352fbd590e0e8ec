"""Readers and what they agreed to, what was mailed to them, and what came back."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text

from comity.newsletter.store.metadata import METADATA


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _reader() -> Column[str]:
    return Column("reader", Text, ForeignKey("readers.id", ondelete="CASCADE"), nullable=False)


READERS = Table(
    "readers",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("address"),
    # What two spellings of one address have in common.
    Column("key", Text, nullable=False, unique=True),
    _text("name"),
    # asked, reading or left.
    _text("state"),
    # Moment since when, ISO 8601.
    _text("since"),
    # Categories that the reader does not want: a list of words in JSON.
    Column("without", Text, nullable=False, server_default="[]"),
    # How often somebody asked to confirm since the last confirmation, and when last (seconds).
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("asked_at", Float, nullable=False, server_default="0"),
    Index("ix_readers_state", "state"),
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("id", Integer, primary_key=True),
    _reader(),
    _text("time"),
    _text("act"),
    _text("source"),
    _text("wording"),
    # The network of a request, without what tells households apart.
    _text("network"),
    Index("ix_consents_reader", "reader"),
)

SUPPRESSED = Table(
    "suppressed",
    METADATA,
    # In place of the address, which is not kept.
    Column("hidden", Text, primary_key=True),
    _text("reason"),
    _text("time"),
)

RETURNS = Table(
    "returns",
    METADATA,
    # Digest of the mail that told it: read twice, it counts once.
    Column("digest", Text, primary_key=True),
    _reader(),
    Column("issue", Integer, nullable=False),
    _text("time"),
    _text("kind"),
    _text("status"),
    _text("words"),
    Index("ix_returns_reader", "reader"),
)

SENDINGS = Table(
    "sendings",
    METADATA,
    Column("issue", Integer, primary_key=True, autoincrement=False),
    _text("begun"),
    _text("finished"),
    # Of the words that were mailed first, to notice that an issue changed midway.
    _text("digest"),
)

LEDGER = Table(
    "ledger",
    METADATA,
    Column("issue", Integer, ForeignKey("sendings.issue"), primary_key=True, autoincrement=False),
    # No reference: the row outlives a reader who asks to be forgotten, and names nobody then.
    Column("reader", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    _text("state"),
    Column("tries", Integer, nullable=False, server_default="0"),
    # When it may be tried again, and when it was last claimed or settled: seconds since 1970.
    Column("due", Float, nullable=False, server_default="0"),
    Column("time", Float, nullable=False, server_default="0"),
    # What the relay said.
    _text("words"),
    Index("ix_ledger_state", "issue", "state"),
)
