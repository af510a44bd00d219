"""When does a post or an office work? Named zones, dated work weeks, stored holidays; nothing reads the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tipcycle.model.post import WorkWeek

OPENS = time(9)
CLOSES = time(17)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingTime:
    """`weeks` in order of their start, the first without one; `holidays` are this place's days off."""

    zone: ZoneInfo
    weeks: tuple[WorkWeek, ...]
    holidays: Mapping[date, str]

    def week_on(self, day: date) -> WorkWeek:
        """The work week in force on `day`."""
        return [week for week in self.weeks if week.since is None or week.since <= day][-1]

    def day_off(self, day: date) -> str | None:
        """Why nobody works on `day` ("rest day", or the holiday's name), or None on a working day.

        A zone that moved over the date line left a day out: Apia had no 30 December 2011.
        """
        if day.weekday() not in self.week_on(day).weekdays:
            return "rest day"
        if self.local_date(self.opening(day)) != day:
            return "no such day here"
        return self.holidays.get(day)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day here."""
        return self.day_off(day) is None

    def last_working_day(self, day: date) -> date:
        """The last working day on or before `day`: where a reminder rolls."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day on or after `day`: where an escalation rolls."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself does not count."""
        for _ in range(count):
            day = self.next_working_day(day + _ONE_DAY)
        return day

    def opening(self, day: date) -> datetime:
        """09:00 local of `day`, as UTC."""
        return datetime.combine(day, OPENS, self.zone).astimezone(UTC)

    def local_date(self, at: datetime) -> date:
        """The date on the wall here at `at`."""
        return at.astimezone(self.zone).date()

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in working hours: 09:00 (included) to 17:00 (not) of a working day."""
        local = at.astimezone(self.zone)
        return OPENS <= local.time() < CLOSES and self.is_working(local.date())

    def next_opening(self, at: datetime) -> datetime:
        """The first 09:00 of a working day strictly after `at`, as UTC."""
        day = self.local_date(at)
        while True:
            day = self.next_working_day(day)
            opening = self.opening(day)
            if opening > at:
                return opening
            day += _ONE_DAY
