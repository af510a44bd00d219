"""The ledger: cycles, obligations, notices, messages, submissions, acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build every table of the first ledger."""
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("object", sa.String(160), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "cycles",
        sa.Column("report_year", sa.Integer, primary_key=True),
        sa.Column("opened_at", sa.String(20), nullable=False),
        sa.Column("listed_at", sa.String(20)),
        sa.Column("closed_at", sa.String(20)),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("rehearsal", sa.Boolean, nullable=False),
        sa.Column("last_tick_at", sa.String(20)),
        sa.Column("turn", sa.Integer, nullable=False),
    )
    op.create_table(
        "listed",
        sa.Column("report_year", sa.Integer, primary_key=True),
        sa.Column("iso3", sa.String(3), primary_key=True),
        sa.Column("list_group", sa.String(32), nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
    )
    op.create_table(
        "obligations",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("post", sa.String(64)),
        sa.Column("country", sa.String(3)),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("original_on", sa.Date, nullable=False),
        sa.Column("due_at", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.String(20)),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("complete", sa.Boolean),
        sa.Column("answered_at", sa.String(20)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
    )
    op.create_index("ix_obligations_report_year", "obligations", ["report_year"])
    op.create_table(
        "refusals",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("received_at", sa.String(20), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("obligation", sa.String(80)),
        sa.Column("kept_as", sa.String(300), nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
    )
    op.create_table(
        "refused_addresses",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("address", sa.String(200), primary_key=True),
        sa.Column("refused_at", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "messages",
        sa.Column("key", sa.String(160), primary_key=True),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("local_on", sa.Date, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("attachments", sa.JSON, nullable=False),
        sa.Column("sealed_at", sa.String(20), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("statutory", sa.Boolean, nullable=False),
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key")),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("was_unknown", sa.Boolean, nullable=False),
        sa.Column("attempted_at", sa.String(20)),
        sa.Column("accepted_at", sa.String(20)),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("lease_owner", sa.String(120)),
        sa.Column("lease_until_clock", sa.String(20)),
    )
    op.create_index("ix_messages_day", "messages", ["position", "channel", "local_on"])
    op.create_index("ix_messages_state", "messages", ["state", "sealed_at"])
    op.create_table(
        "notices",
        sa.Column("key", sa.String(160), primary_key=True),
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("post", sa.String(64)),
        sa.Column("country", sa.String(3)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("due_at", sa.String(20), nullable=False),
        sa.Column("latest_by", sa.String(20)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("alarm", sa.Boolean, nullable=False),
        sa.Column("message", sa.String(160)),
        sa.Column("decided_at", sa.String(20)),
    )
    op.create_index("ix_notices_message", "notices", ["message"])
    op.create_index("ix_notices_obligation", "notices", ["obligation"])
    op.create_index("ix_notices_owed", "notices", ["state", "due_at"])
    op.create_table(
        "skipped_rungs",
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
        sa.Column("days", sa.Integer, primary_key=True),
        sa.Column("position", sa.String(80), primary_key=True),
        sa.Column("due_at", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "submissions",
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("received_at", sa.String(20), nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Take every table away, those that others lean on last."""
    op.drop_table("submissions")
    op.drop_table("skipped_rungs")
    op.drop_table("notices")
    op.drop_table("messages")
    op.drop_table("refused_addresses")
    op.drop_table("refusals")
    op.drop_table("obligations")
    op.drop_table("listed")
    op.drop_table("ledger")
    op.drop_table("cycles")
    op.drop_table("acts")
