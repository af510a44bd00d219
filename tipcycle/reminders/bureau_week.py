"""Which bureaus are told of their posts this week, and when is the next look?

Once a bureau and week, at 09:00 of Washington's first working day or, where no tick came, at the next one in working
hours: for each bureau whose posts still owe what they had been asked for by then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tipcycle.calendar.working_time import WorkingTime
from tipcycle.reminders.hold import HeldBack

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class BureauWeek:
    """Bureaus to tell now, in order; `monday` names the week. `look_at` is the next moment that can change it."""

    monday: date
    bureaus: tuple[str, ...]
    look_at: datetime


def monday_of(day: date) -> date:
    """The Monday on or before `day`."""
    return day - timedelta(days=day.weekday())


def decide_bureau_week(
    asked: Mapping[str, datetime],
    washington: WorkingTime,
    *,
    told: Collection[tuple[str, date]],
    held: Mapping[str, HeldBack],
    at: datetime,
) -> BureauWeek:
    """Whom to tell at `at`.

    `asked` says since when each bureau's posts owe something; `told` are the digests sealed so far, by bureau and
    Monday; `held` are the bureaus that a hold keeps back.
    """
    monday = monday_of(washington.local_date(at))
    opening = washington.opening(washington.next_working_day(monday))
    if at < opening:
        return BureauWeek(monday, (), opening)
    waiting = [bureau for bureau, since in sorted(asked.items()) if since < opening and (bureau, monday) not in told]
    free = tuple(bureau for bureau in waiting if bureau not in held)
    if free and not washington.is_open(at):
        return BureauWeek(monday, (), washington.next_opening(at))
    next_week = washington.opening(washington.next_working_day(monday + timedelta(days=7)))
    ends = [washington.next_opening(max(held[one].until - _SECOND, at)) for one in waiting if one in held]
    return BureauWeek(monday, free, min([next_week, *ends]))
