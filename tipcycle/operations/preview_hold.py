"""Which messages of the next days would wait for a hold? Shown before it is recorded; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tipcycle.model.counted import counted_of
from tipcycle.model.hold import HoldScope
from tipcycle.model.moment import day
from tipcycle.operations.context import context
from tipcycle.operations.hold import proposed_hold
from tipcycle.operations.preview_messages import preview_messages
from tipcycle.reminders.hold import covers, ends_at

MOST_DAYS = 14  # that are looked at, however long the hold is
_MOST_LINES = 40


def preview_hold(
    report_year: int,
    *,
    scope: HoldScope,
    name: str,
    until_on: date,
    reason: str,
    approver: str,
    at: datetime,
    tell: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Lines: how many messages would wait, each of them, and loudly those of a statutory day."""
    cycle = context(report_year)
    wanted = proposed_hold(cycle, scope=scope, name=name, until_on=until_on, reason=reason, approver=approver, at=at)
    days = min((ends_at(wanted) - at).days + 1, MOST_DAYS)
    seats = {seat.id for seat in cycle.config.positions.values() if covers(wanted, seat)}
    waiting = [
        one
        for one in preview_messages(days=days, at=at, tell=tell)
        if one.message.report_year == report_year and one.message.position in seats and one.at < ends_at(wanted)
    ]
    statutory = [one for one in waiting if one.message.statutory]
    lines = [
        f"{counted_of(len(waiting), 'message')} of the next {days} days would wait for a hold on {wanted.whom} "
        f"until the end of {day(until_on)}",
        *(f"STATUTORY: {one.message.position} would not be told in time: {one.message.subject}" for one in statutory),
    ]
    lines += [f"  {one.at:%Y-%m-%d %H:%M}Z {one.message.position}: {one.message.subject}" for one in waiting][
        :_MOST_LINES
    ]
    if len(waiting) > _MOST_LINES:
        lines.append(f"  … and {len(waiting) - _MOST_LINES} more")
    return lines
