"""What readers wrote back, what it is about, and what they allow to be done with it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from comity.newsletter.store.metadata import METADATA


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _reply(*, primary: bool = False) -> Column[str]:
    return Column(
        "reply",
        Text,
        ForeignKey("feedback.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Text, primary_key=True),
    # SHA-256 of what is the same on every road that a mail takes.
    Column("digest", Text, nullable=False, unique=True),
    *(_text(name) for name in ("message_id", "name", "address", "subject", "date", "taken")),
    # JSON: pieces in their order, each a kind and a text.
    Column("pieces", Text, nullable=False, server_default="[]"),
    Column("issue", Integer),
    *(_text(name) for name in ("issue_sure", "issue_why", "sort", "sort_by")),
    Column("state", Text, nullable=False, server_default="new"),
    # What the editor would print.
    *(_text(name) for name in ("entry", "printed_name", "printed_text")),
    # The row among the replies that every edition shows.
    Column("published", Integer),
    Index("ix_feedback_issue", "issue"),
)

FEEDBACK_MATCHES = Table(
    "feedback_matches",
    METADATA,
    _reply(primary=True),
    Column("place", Integer, primary_key=True),
    Column("paragraph", Integer, nullable=False),
    *(_text(name) for name in ("entry", "sure", "why")),
)

FEEDBACK_CONSENT = Table(
    "feedback_consent",
    METADATA,
    Column("id", Integer, primary_key=True),
    _reply(),
    *(_text(name) for name in ("state", "at", "how")),
    # SHA-256 of the entry, name and text that the consent is for.
    _text("wording"),
    Index("ix_feedback_consent_reply", "reply"),
)

FEEDBACK_SEEN = Table(
    "feedback_seen",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
)
"""Mails of a source that have been read, so that they are not fetched again."""

FEEDBACK_ERASED = Table(
    "feedback_erased",
    METADATA,
    Column("digest", Text, primary_key=True),
    _text("at"),
)
"""Mails that were erased: they are not read again from a mailbox that still holds them."""
