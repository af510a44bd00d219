"""Chapters, rounds of clearance, releases, tier recommendations, splits, placements and determinations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the assessments, and who acted in whose place in a clearance."""
    op.add_column("clearances", sa.Column("acting", sa.String(80), nullable=False, server_default=""))
    op.create_table(
        "clearance_rounds",
        sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
        sa.Column("document", sa.String(80), primary_key=True),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("asked_at", sa.String(20), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "overrides",
        sa.Column("document", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("without", sa.String(80), nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.String(20)),
        sa.Column("reminded", sa.JSON, nullable=False),
        sa.Column("decided_at", sa.String(20), nullable=False),
    )
    op.create_table(
        "chapters",
        sa.Column("document", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("made_at", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("document", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("nature", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("released_by", sa.String(80), nullable=False),
        sa.Column("released_at", sa.String(20), nullable=False),
        sa.Column("inputs_hash", sa.String(64), nullable=False),
        sa.Column("inputs", sa.JSON, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("chapters", sa.JSON, nullable=False),
    )
    op.create_table(
        "tier_recommendations",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("tier", sa.String(8), nullable=False),
        sa.Column("rationale", sa.Text, nullable=False),
        sa.Column("standards", sa.JSON, nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
        sa.Column("acting", sa.String(80), nullable=False),
    )
    op.create_table(
        "split_levels",
        sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("iso3", sa.String(3), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("opened_at", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("tier", sa.String(8)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.String(20)),
        sa.Column("acting", sa.String(80), nullable=False),
    )
    op.create_table(
        "tier_placements",
        sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("iso3", sa.String(3), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tier", sa.String(8), nullable=False),
        sa.Column("before", sa.String(8)),
        sa.Column("rationale", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("standards", sa.JSON, nullable=False),
        sa.Column("waiver", sa.JSON, nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.String(20), nullable=False),
        sa.Column("acting", sa.String(80), nullable=False),
    )
    op.create_table(
        "reopened_placements",
        sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("iso3", sa.String(3), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reopened_by", sa.String(80), nullable=False),
        sa.Column("reopened_at", sa.String(20), nullable=False),
    )
    op.create_table(
        "list_corrections",
        sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("list_group", sa.String(32)),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approver", sa.String(80), nullable=False),
        sa.Column("corrected_at", sa.String(20), nullable=False),
    )
    op.create_table(
        "determinations",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_year", sa.Integer, nullable=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
    )
    op.create_index("ix_clearance_rounds_report_year", "clearance_rounds", ["report_year"])
    op.create_index("ix_overrides_report_year", "overrides", ["report_year"])
    op.create_index("ix_chapters_kind", "chapters", ["report_year", "kind"])
    op.create_index("ix_tier_recommendations_country", "tier_recommendations", ["report_year", "iso3"])
    op.create_index("ix_determinations_report_year", "determinations", ["report_year"])


def downgrade() -> None:
    """Take them away again, with everything in them."""
    op.drop_table("list_corrections")
    op.drop_table("reopened_placements")
    op.drop_table("determinations")
    op.drop_table("tier_placements")
    op.drop_table("split_levels")
    op.drop_table("tier_recommendations")
    op.drop_table("releases")
    op.drop_table("chapters")
    op.drop_table("overrides")
    op.drop_table("clearance_rounds")
    with op.batch_alter_table("clearances") as table:
        table.drop_column("acting")
