"""Who opened a room, and what it takes up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SIZES = """
UPDATE rooms SET size =
    (SELECT COALESCE(SUM(LENGTH(data)), 0) FROM entries WHERE entries.room = rooms.id)
    + (SELECT COALESCE(SUM(LENGTH(data)), 0) FROM waiting WHERE waiting.room = rooms.id)
"""


def upgrade() -> None:
    """Note both with each room; of the rooms that are there, nobody knows who opened them."""
    op.add_column("rooms", sa.Column("opener", sa.String(64), nullable=False, server_default=""))
    op.add_column("rooms", sa.Column("size", sa.BigInteger, nullable=False, server_default="0"))
    op.execute(SIZES)
    op.create_index("ix_rooms_opener", "rooms", ["opener"])


def downgrade() -> None:
    """Forget both."""
    op.drop_index("ix_rooms_opener", "rooms")
    op.drop_column("rooms", "size")
    op.drop_column("rooms", "opener")
