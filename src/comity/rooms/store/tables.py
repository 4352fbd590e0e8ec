"""The tables, as they are after the last migration.

Messages are kept as JSON text, and so are names: PostgreSQL holds no zero characters. Tokens and
sessions are kept as SHA-256 only, so that whoever copies the database can enter no room.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

HASH_DIGITS = 64
ROOM_DIGITS = 32

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _room() -> Column[str]:
    return Column(
        "room", String(ROOM_DIGITS), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True
    )


ROOMS = Table(
    "rooms",
    METADATA,
    Column("id", String(ROOM_DIGITS), primary_key=True),
    # Counts changes: whoever changes a room names the version it saw, or has seen too little.
    Column("version", BigInteger, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("deadline", BigInteger),
    Column("erase", BigInteger),
    # Who opened it, told by nothing but the operator's key; empty where nobody noted it.
    Column("opener", String(HASH_DIGITS), nullable=False, server_default=""),
    # Characters of its log and of what is withheld.
    Column("size", BigInteger, nullable=False, server_default="0"),
    Index("ix_rooms_deadline", "deadline"),
    Index("ix_rooms_erase", "erase"),
    Index("ix_rooms_phase", "phase"),
    Index("ix_rooms_opener", "opener"),
)

ENTRIES = Table(
    "entries",
    METADATA,
    _room(),
    Column("index", Integer, primary_key=True),
    Column("data", Text, nullable=False),
)

WAITING = Table(
    "waiting",
    METADATA,
    _room(),
    Column("author", Text, primary_key=True),
    Column("data", Text, nullable=False),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("hash", String(HASH_DIGITS), primary_key=True),
    Column("room", String(ROOM_DIGITS), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False),
    # Empty for whoever may only watch.
    Column("seat", Text),
    Index("ix_tokens_room", "room"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String(HASH_DIGITS), primary_key=True),
    Column(
        "token", String(HASH_DIGITS), ForeignKey("tokens.hash", ondelete="CASCADE"), nullable=False
    ),
    Column("expires", BigInteger, nullable=False),
    Index("ix_sessions_expires", "expires"),
    Index("ix_sessions_token", "token"),
)

OPERATOR = Table(
    "operator",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one"), primary_key=True),
    Column("public", String(HASH_DIGITS), nullable=False),
    # Empty where a file holds it.
    Column("seed", String(HASH_DIGITS)),
)
