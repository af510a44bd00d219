"""One rung owed to one position about one obligation: the row that must be decided once and never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tipcycle.model.ladder import Kind
from tipcycle.model.position import Channel

NoticeState = Literal["owed", "queued", "sent", "superseded", "cancelled", "waived", "failed", "unknown"]
NOTICE_STATES: tuple[NoticeState, ...] = (
    "owed",
    "queued",
    "sent",
    "superseded",
    "cancelled",
    "waived",
    "failed",
    "unknown",
)


@dataclass(frozen=True)
class Notice:
    """`days` is the rung: negative reminds, positive escalates. Moments are UTC.

    `latest_by`: the deadline for a reminder, the next rung for an escalation, None for the last rung.
    `alarm`: this notice climbed here because nobody below has a valid address.
    """

    key: str
    obligation: str
    report_year: int
    step: str
    post: str | None
    country: str | None
    version: int
    days: int
    position: str
    level: int
    channel: Channel
    kind: Kind
    due_at: datetime
    latest_by: datetime | None
    state: NoticeState = "owed"
    reason: str = ""
    alarm: bool = False
    message: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class SkippedRung:
    """A rung that was not compiled, and why; `proof` shows it."""

    obligation: str
    days: int
    position: str
    due_at: datetime
    reason: str
