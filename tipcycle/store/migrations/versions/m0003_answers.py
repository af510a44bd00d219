"""Short answers of posts, and what came in over HTTP."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("report_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("plan_version", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.String(20), nullable=False),
        sa.Column("settled_at", sa.String(20)),
        sa.Column("settled_by", sa.String(80), nullable=False),
    )
    op.create_index("ix_answers_obligation", "answers", ["obligation"])
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("received_at", sa.String(20), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_at", sa.String(20)),
        sa.Column("findings", sa.JSON, nullable=False),
    )
    op.create_index("ix_uploads_file_name", "uploads", ["file_name"], unique=True)
    op.create_index("ix_uploads_obligation", "uploads", ["obligation", "sha256"])


def downgrade() -> None:
    """Take them away again, with every answer in them."""
    op.drop_index("ix_uploads_obligation", "uploads")
    op.drop_index("ix_uploads_file_name", "uploads")
    op.drop_table("uploads")
    op.drop_index("ix_answers_obligation", "answers")
    op.drop_table("answers")
