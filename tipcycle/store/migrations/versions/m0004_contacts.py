"""Contacts: who fills a position, from when to when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of dated contacts."""
    op.create_table(
        "contacts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(16)),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("delegate", sa.String(80), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("until_on", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
    )
    op.create_index("ix_contacts_position", "contacts", ["position"])


def downgrade() -> None:
    """Take it away again, with every contact in it."""
    op.drop_index("ix_contacts_position", "contacts")
    op.drop_table("contacts")
