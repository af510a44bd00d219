"""Clearances: who said yes or no to a document, and to which text of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of decisions upon documents."""
    op.create_table(
        "clearances",
        sa.Column("document", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("decided_at", sa.String(20), nullable=False),
    )
    op.create_index("ix_clearances_report_year", "clearances", ["report_year"])


def downgrade() -> None:
    """Take it away again, with every decision in it."""
    op.drop_index("ix_clearances_report_year", "clearances")
    op.drop_table("clearances")
