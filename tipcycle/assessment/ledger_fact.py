"""How did a report come, or how often was it asked for? The ledger's dates in a sentence.

The day is that of the first answer: a later version changes what was said, not when the post answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.moment import long_day, long_days
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position, called
from tipcycle.model.submission import Accepted

_REPORTS = {"progress-report": "Progress report", "annual-submission": "Annual submission"}


def how_received(
    report: Obligation,
    accepted: Accepted | None,
    *,
    notices: Sequence[Notice],
    asked_at: datetime | None,
    working: WorkingTime,
    positions: Mapping[str, Position],
) -> str:
    """One sentence on an obligation to report; `notices` are those of it, days are the post's own."""
    due = f"due {long_day(report.planned_on)}"
    if report.planned_on != report.original_on:
        due += f", first planned for {long_day(report.original_on)}"
    if report.standing == "waived":
        return f"Not required ({due}): {report.reason} (waived by {called(report.approver, positions)})."
    if accepted is None:
        return f"No report received ({due}): {how_asked(notices, asked_at=asked_at, working=working)}."
    received = long_day(working.local_date(report.answered_at or accepted.received_at))
    late = ", after it was due" if report.late else ""
    if report.standing == "nil":
        by = called(accepted.submission.submitted_by, positions)
        return f"{by[:1].upper()}{by[1:]} attested on {received}{late} ({due}) that there was nothing to report."
    whole = "" if accepted.complete else " It is partial: not every high-priority item was answered."
    return f"{_REPORTS.get(report.step, 'Report')} received on {received}{late} ({due}).{whole}"


def how_asked(notices: Sequence[Notice], *, asked_at: datetime | None, working: WorkingTime) -> str:
    """`asked on September 21, 2009, reminded on October 16 and 30, 2009, never escalated`: what was really sent."""
    asked = f"asked on {long_day(working.local_date(asked_at))}" if asked_at else "never asked"
    reminded = _on("reminded", _days(notices, working, escalated=False))
    return f"{asked}, {reminded}, {_on('escalated', _days(notices, working, escalated=True))}"


def requested_on(notices: Sequence[Notice], *, asked_at: datetime | None, working: WorkingTime) -> list[date]:
    """The days on which the report was asked for, by the request and by reminders of who owes it, in order.

    What went up to a bureau or a director asks no government.
    """
    asked = {working.local_date(asked_at)} if asked_at else set()
    return sorted(asked.union(_days(notices, working, escalated=False)))


def _days(notices: Sequence[Notice], working: WorkingTime, *, escalated: bool) -> list[date]:
    sent = (one for one in notices if one.state == "sent" and (one.level > 0) == escalated)
    return sorted({working.local_date(one.decided_at) for one in sent if one.decided_at})


def _on(done: str, days: Sequence[date]) -> str:
    return f"{done} on {long_days(days)}" if days else f"never {done}"
