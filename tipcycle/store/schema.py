"""Which tables hold the ledger? Written for SQLite and PostgreSQL alike; migrations/ builds them.

Moments are kept as UTC text of one length (`2009-11-15T19:59:59Z`): it sorts as time does, reads in any tool,
and is the same on both databases. They come from `at`, but for those named `…_clock`, which are wall clock.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

SCHEMA_VERSION = "0008"


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, whole seconds, kept as UTC text."""

    impl = sa.String(20)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Refuses a naive moment: nobody could say when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value}")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


metadata = sa.MetaData()

# One row: whether this is a rehearsal, and the last tick. Every writer locks it first (see Store.begin).
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("rehearsal", sa.Boolean, nullable=False),
    sa.Column("last_tick_at", Moment),
    sa.Column("turn", sa.Integer, nullable=False),
)

cycles = sa.Table(
    "cycles",
    metadata,
    sa.Column("report_year", sa.Integer, primary_key=True),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("listed_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("bureaus_told_from", Moment),  # when the next digest to a bureau may be due; None: nobody looked yet
)

listed = sa.Table(
    "listed",
    metadata,
    sa.Column("report_year", sa.Integer, primary_key=True),
    sa.Column("iso3", sa.String(3), primary_key=True),
    sa.Column("list_group", sa.String(32), nullable=False),
    sa.Column("counted", sa.Boolean, nullable=False),
    sa.Column("because", sa.Text, nullable=False),
)

# What was changed in a recorded list, and why; rows are only added. An entry that was dropped has no `list_group`.
list_corrections = sa.Table(
    "list_corrections",
    metadata,
    sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("iso3", sa.String(3), nullable=False),
    sa.Column("list_group", sa.String(32)),
    sa.Column("counted", sa.Boolean, nullable=False),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
    sa.Column("corrected_at", Moment, nullable=False),
)

obligations = sa.Table(
    "obligations",
    metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("step", sa.String(32), nullable=False),
    sa.Column("post", sa.String(64)),
    sa.Column("country", sa.String(3)),
    sa.Column("owner", sa.String(80), nullable=False),
    sa.Column("planned_on", sa.Date, nullable=False),
    sa.Column("original_on", sa.Date, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("opened_at", Moment),
    sa.Column("standing", sa.String(16), nullable=False),
    sa.Column("complete", sa.Boolean),
    sa.Column("answered_at", Moment),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False, index=True),
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
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("latest_by", Moment),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("alarm", sa.Boolean, nullable=False),
    sa.Column("message", sa.String(160), index=True),
    sa.Column("decided_at", Moment),
    sa.Index("ix_notices_owed", "state", "due_at"),
)

skipped_rungs = sa.Table(
    "skipped_rungs",
    metadata,
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
    sa.Column("days", sa.Integer, primary_key=True),
    sa.Column("position", sa.String(80), primary_key=True),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

messages = sa.Table(
    "messages",
    metadata,
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
    sa.Column("sealed_at", Moment, nullable=False),
    sa.Column("message_id", sa.String(200), nullable=False),
    sa.Column("statutory", sa.Boolean, nullable=False),
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key")),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("was_unknown", sa.Boolean, nullable=False),
    sa.Column("attempted_at", Moment),
    sa.Column("accepted_at", Moment),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("lease_owner", sa.String(120)),
    sa.Column("lease_until_clock", Moment),
    sa.Index("ix_messages_state", "state", "sealed_at"),
    sa.Index("ix_messages_day", "position", "channel", "local_on"),
)

refused_addresses = sa.Table(
    "refused_addresses",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("address", sa.String(200), primary_key=True),
    sa.Column("refused_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
)

refusals = sa.Table(
    "refusals",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("obligation", sa.String(80)),
    sa.Column("kept_as", sa.String(300), nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
)

# Short answers given without a form; rows are only added, and settled once.
answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False, index=True),
    sa.Column("position", sa.String(80), nullable=False),
    sa.Column("answer", sa.String(32), nullable=False),
    sa.Column("report_on", sa.Date),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("plan_version", sa.Integer, nullable=False),
    sa.Column("answered_at", Moment, nullable=False),
    sa.Column("settled_at", Moment),
    sa.Column("settled_by", sa.String(80), nullable=False),
)

uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("decided_at", Moment),
    sa.Column("findings", sa.JSON, nullable=False),
    sa.Index("ix_uploads_file_name", "file_name", unique=True),
    sa.Index("ix_uploads_obligation", "obligation", "sha256"),
)

# Decisions of positions upon documents; rows are only added.
clearances = sa.Table(
    "clearances",
    metadata,
    sa.Column("document", sa.String(80), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("country", sa.String(3), nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("position", sa.String(80), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("decided_at", Moment, nullable=False),
    sa.Column("acting", sa.String(80), nullable=False),
)

# Which position was asked when to clear which documents; what it owes for it is an obligation.
clearance_rounds = sa.Table(
    "clearance_rounds",
    metadata,
    sa.Column("obligation", sa.String(80), sa.ForeignKey("obligations.key"), primary_key=True),
    sa.Column("document", sa.String(80), primary_key=True),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("position", sa.String(80), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
)

# Decisions to release a text without the concurrence of a position; rows are only added.
overrides = sa.Table(
    "overrides",
    metadata,
    sa.Column("document", sa.String(80), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("without", sa.String(80), nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("asked_at", Moment),
    sa.Column("reminded", sa.JSON, nullable=False),
    sa.Column("decided_at", Moment, nullable=False),
)

# Chapters, sentence by sentence; versions are only added.
chapters = sa.Table(
    "chapters",
    metadata,
    sa.Column("document", sa.String(80), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("iso3", sa.String(3), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", sa.String(80), nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Index("ix_chapters_kind", "report_year", "kind"),
)

# What was released, with everything it was drawn from; rows are only added.
releases = sa.Table(
    "releases",
    metadata,
    sa.Column("document", sa.String(80), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False),
    sa.Column("nature", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("released_by", sa.String(80), nullable=False),
    sa.Column("released_at", Moment, nullable=False),
    sa.Column("inputs_hash", sa.String(64), nullable=False),
    sa.Column("inputs", sa.JSON, nullable=False),
    sa.Column("files", sa.JSON, nullable=False),
    sa.Column("chapters", sa.JSON, nullable=False),
)

# What office and bureaus recommend; rows are only added, the last of a side governs.
tier_recommendations = sa.Table(
    "tier_recommendations",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False),
    sa.Column("iso3", sa.String(3), nullable=False),
    sa.Column("side", sa.String(8), nullable=False),
    sa.Column("position", sa.String(80), nullable=False),
    sa.Column("tier", sa.String(8), nullable=False),
    sa.Column("rationale", sa.Text, nullable=False),
    sa.Column("standards", sa.JSON, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("acting", sa.String(80), nullable=False),
    sa.Index("ix_tier_recommendations_country", "report_year", "iso3"),
)

# The levels that a split went through; a row is added when a level gets it and decided once.
split_levels = sa.Table(
    "split_levels",
    metadata,
    sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("iso3", sa.String(3), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("level", sa.String(32), nullable=False),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("outcome", sa.String(16)),
    sa.Column("tier", sa.String(8)),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("decided_by", sa.String(80), nullable=False),
    sa.Column("decided_at", Moment),
    sa.Column("acting", sa.String(80), nullable=False),
)

# Which tier was decided; rows are only added, the last one governs.
tier_placements = sa.Table(
    "tier_placements",
    metadata,
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
    sa.Column("decided_at", Moment, nullable=False),
    sa.Column("acting", sa.String(80), nullable=False),
)

# Placements that were opened again, and why; rows are only added.
reopened_placements = sa.Table(
    "reopened_placements",
    metadata,
    sa.Column("report_year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("iso3", sa.String(3), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("reopened_by", sa.String(80), nullable=False),
    sa.Column("reopened_at", Moment, nullable=False),
)

# What was determined, published or presented after the Report; rows are only added.
determinations = sa.Table(
    "determinations",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("iso3", sa.String(3), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("done_on", sa.Date, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.String(80), nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
)

# Who fills a position, from when to when; rows are only added.
contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.String(80), nullable=False, index=True),
    sa.Column("channel", sa.String(16)),
    sa.Column("address", sa.String(200), nullable=False),
    sa.Column("delegate", sa.String(80), nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("until_on", sa.Date),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
)

# Refusals of the gate that a position lifted, for one submission; rows are only added.
rule_waivers = sa.Table(
    "rule_waivers",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("obligation", sa.String(80), nullable=False, index=True),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("code", sa.String(80), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
    sa.Column("until_on", sa.Date, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
)

# To whom nothing is sent until when; rows are only added, and lifted once.
holds = sa.Table(
    "holds",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("scope", sa.String(8), nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("until_on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approver", sa.String(80), nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("lifted_at", Moment),
    sa.Column("lifted_by", sa.String(80), nullable=False),
    sa.Column("lifted_because", sa.Text, nullable=False),
)

# Which one-time code was issued for which deed; rows are only added, spent once, and count wrong tries. Their hour is a
# time-out: but for a rehearsal's it runs on the machine's clock.
signing_codes = sa.Table(
    "signing_codes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_year", sa.Integer, nullable=False, index=True),
    sa.Column("act", sa.String(16), nullable=False),
    sa.Column("position", sa.String(80), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("way", sa.String(8), nullable=False),
    sa.Column("issued_at", Moment, nullable=False, index=True),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("spent_at", Moment),
)

# The audit log: rows are only added; each carries the hash of the one before it.
acts = sa.Table(
    "acts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", sa.String(80), nullable=False),
    sa.Column("act", sa.String(64), nullable=False),
    sa.Column("object", sa.String(160), nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
