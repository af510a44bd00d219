"""To whom nothing is sent, and when the bureaus are to be told of their posts next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Holds, and a column; a cycle that is open already is looked at by the next tick."""
    op.create_table(
        "holds",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
        sa.Column("lifted_at", sa.String(20)),
        sa.Column("lifted_by", sa.String(80), nullable=False),
        sa.Column("lifted_because", sa.Text, nullable=False),
    )
    op.create_index("ix_holds_report_year", "holds", ["report_year"])
    op.add_column("cycles", sa.Column("bureaus_told_from", sa.String(20)))


def downgrade() -> None:
    """Take them away again, with everything in them."""
    with op.batch_alter_table("cycles") as table:
        table.drop_column("bureaus_told_from")
    op.drop_table("holds")
