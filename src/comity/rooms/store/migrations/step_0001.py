"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make rooms with their logs, withheld messages, tokens, sessions, and the operator's key."""
    _rooms()
    _access()
    op.create_table(
        "operator",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("public", sa.String(64), nullable=False),
        sa.Column("seed", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
        sa.CheckConstraint("id = 1", name="ck_operator_one"),
    )


def downgrade() -> None:
    """Remove all of it."""
    for name in ("operator", "sessions", "tokens", "waiting", "entries", "rooms"):
        op.drop_table(name)


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("deadline", sa.BigInteger),
        sa.Column("erase", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    for name in ("deadline", "erase", "phase"):
        op.create_index(f"ix_rooms_{name}", "rooms", [name])
    op.create_table(
        "entries",
        *_of_room("entries", sa.Column("index", sa.Integer, nullable=False)),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "waiting",
        *_of_room("waiting", sa.Column("author", sa.Text, nullable=False)),
        sa.Column("data", sa.Text, nullable=False),
    )


def _of_room(table: str, own: sa.Column) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("room", sa.String(32), nullable=False),
        own,
        sa.PrimaryKeyConstraint("room", own.name, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["room"], ["rooms.id"], name=f"fk_{table}_room", ondelete="CASCADE"
        ),
    ]


def _access() -> None:
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("room", sa.String(32), nullable=False),
        sa.Column("seat", sa.Text),
        sa.PrimaryKeyConstraint("hash", name="pk_tokens"),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name="fk_tokens_room", ondelete="CASCADE"),
    )
    op.create_index("ix_tokens_room", "tokens", ["room"])
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["token"], ["tokens.hash"], name="fk_sessions_token", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_expires", "sessions", ["expires"])
    op.create_index("ix_sessions_token", "sessions", ["token"])
