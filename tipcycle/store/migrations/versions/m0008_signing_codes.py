"""Which one-time codes were issued for which deed; never the codes themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "signing_codes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("issued_at", sa.String(20), nullable=False),
        sa.Column("expires_at", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("spent_at", sa.String(20)),
    )
    op.create_index("ix_signing_codes_report_year", "signing_codes", ["report_year"])
    op.create_index("ix_signing_codes_issued_at", "signing_codes", ["issued_at"])


def downgrade() -> None:
    """Take it away again; codes that are out sign nothing any more."""
    op.drop_table("signing_codes")
