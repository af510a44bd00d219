"""May an escalation go above the post yet? Only after the post was really reached, and at the ladder's distance.

After an outage the post's rung goes first; the rungs above keep their distance from that day. Where a weekend rolls
both onto one morning, the rung above waits for a later tick: the one below is never told in the same breath.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice

_REACHED = ("sent", "failed")
_TRIED = ("sent", "failed", "unknown")
_PENDING = ("owed", "queued")


@dataclass(frozen=True)
class Wait:
    """Why an escalation is not sent yet, and from when on it may be; None: not before the post is reached."""

    reason: str
    until: datetime | None


def wait_for_post(
    notice: Notice,
    history: Iterable[Notice],
    *,
    at: datetime,
    above: WorkingTime,
    below: WorkingTime,
) -> Wait | None:
    """Why `notice` must wait at `at`, or None if it may go.

    `history` holds every notice of the same obligation; `above` is the working time of the notice's position,
    `below` that of the positions which do the work (level 0). A reminder (negative rung) never waits.
    """
    if notice.level == 0 or notice.days < 0 or notice.alarm:
        return None
    lower = [other for other in history if other.level == 0]
    asked = [other for other in lower if other.version == notice.version and other.days <= notice.days]
    if any(other.state in _PENDING and other.due_at <= at for other in asked):
        return Wait("the rung below goes first", None)
    if lower and not any(other.state in _REACHED for other in lower):
        return Wait("nobody below was reached yet", None)
    tried = [other for other in asked if other.state in _TRIED and other.decided_at]
    if not tried:
        return None
    last_rung = max(other.days for other in tried)
    first = min((other for other in tried if other.days == last_rung), key=lambda other: other.decided_at or at)
    slip = below.local_date(first.decided_at or at) - below.local_date(first.due_at)
    day = above.next_working_day(above.local_date(notice.due_at) + max(slip, timedelta(0)))
    if slip > timedelta(0) and above.opening(day) > at:
        reason = f"keeps its distance from the rung below, which went {slip.days} days late"
        return Wait(f"{reason}, on {iso(first.decided_at or at)}", above.opening(day))
    if any((other.decided_at or at) >= at.replace(microsecond=0) for other in tried):  # the ledger keeps whole seconds
        return Wait("the rung below goes first, and went only now", None)
    return None
