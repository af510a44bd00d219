"""Rule waivers: a refusal of the gate that a position lifted, for one submission."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of rule waivers."""
    op.create_table(
        "rule_waivers",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("obligation", sa.String(80), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
    )
    op.create_index("ix_rule_waivers_obligation", "rule_waivers", ["obligation"])


def downgrade() -> None:
    """Take it away again, with every waiver in it."""
    op.drop_index("ix_rule_waivers_obligation", "rule_waivers")
    op.drop_table("rule_waivers")
