"""When is a post in? The test's own reading of posts.yaml and the stored holidays, sharing no code with the product."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

CONFIG = Path(__file__).parents[3] / "config"
_WEEKS = {"Mon-Fri": {0, 1, 2, 3, 4}, "Sun-Thu": {6, 0, 1, 2, 3}}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """A place's zone, the days of the week that it works, and its days off."""

    zone: ZoneInfo
    weekdays: frozenset[int]
    off: frozenset[date]

    def today(self, at: datetime) -> date:
        """The date there."""
        return at.astimezone(self.zone).date()

    def works(self, day: date) -> bool:
        """Whether somebody is in on that day."""
        return day.weekday() in self.weekdays and day not in self.off

    def is_in(self, at: datetime) -> bool:
        """Nine to five of a day that is worked."""
        return 9 <= at.astimezone(self.zone).hour < 17 and self.works(self.today(at))

    def nine(self, day: date) -> datetime:
        """Nine o'clock there."""
        return datetime.combine(day, time(9), self.zone).astimezone(UTC)

    def worked(self, day: date, step: int) -> date:
        """`day`, or the nearest worked one back (-1) or on (1)."""
        while not self.works(day):
            day += step * _DAY
        return day

    def comes_in(self, at: datetime) -> datetime:
        """The first nine o'clock after `at` at which somebody comes in."""
        day = self.today(at)
        while not self.works(day) or self.nine(day) <= at:
            day += _DAY
        return self.nine(day)

    def end_of(self, day: date) -> datetime:
        """The last second of a day there."""
        return max(datetime.combine(day, time(23, 59, 59, fold=f), self.zone).astimezone(UTC) for f in (0, 1))


@cache
def _holidays(country: str) -> frozenset[date]:
    rows = [row for path in (CONFIG / "holidays").glob("*.csv") for row in csv.DictReader(path.open(encoding="utf-8"))]
    return frozenset(date.fromisoformat(row["on"]) for row in rows if row["country"] == country)


@cache
def _posts() -> dict[str, Any]:
    rows = yaml.safe_load((CONFIG / "posts.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


@cache
def clock_of(unit: str) -> Clock:
    """The clock of a post by its id; of a bureau or the office, Washington's."""
    post = _posts().get(unit)
    if post is None:
        return Clock(ZoneInfo("America/New_York"), frozenset(_WEEKS["Mon-Fri"]), _holidays("USA"))
    week = post["work_weeks"][-1]["days"]
    # A post that rests on Friday keeps a Monday holiday on Sunday, and a Friday one on Thursday.
    early = {day: day - _DAY if week == "Sun-Thu" and day.weekday() in (0, 4) else day for day in _holidays("USA")}
    return Clock(
        ZoneInfo(post["time_zone"]), frozenset(_WEEKS[week]), _holidays(post["host"]) | frozenset(early.values())
    )
