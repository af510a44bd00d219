"""Clocks that are put on and back, leap days, new years, a day that was left out: nine is nine, and a day ends once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.builders import config, utc
from tipcycle.calendar.deadline import due_at
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.post import WorkWeek
from tipcycle.watchman.local_time import LocalTime

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Chisinau",
    "Pacific/Apia",
    "Pacific/Chatham",
)
YEARS = (2009, 2010, 2011, 2012, 2016)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def every_day(zone: ZoneInfo) -> WorkingTime:
    """A place that rests on Saturday and Sunday and keeps no holiday."""
    return WorkingTime(zone, (WorkWeek.model_validate({"days": "Mon-Fri"}),), {})


def changes(zone: ZoneInfo) -> list[date]:
    """The days on which the zone's clock was changed, the day before and the day after; new years and leap days."""
    found = set()
    for year in YEARS:
        days = [date(year, 1, 1) + number * DAY for number in range(366)]
        noon = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(zone).utcoffset() for day in days]
        found |= {days[at] + more * DAY for at in range(1, 366) if noon[at] != noon[at - 1] for more in (-1, 0, 1)}
        found |= {date(year, 1, 1), date(year, 12, 31), date(year, 3, 1) - DAY, date(year, 3, 1)}
    return sorted(found)


@pytest.mark.parametrize("name", ZONES)
def test_the_clock_is_changed_both_ways_in_these_years(name: str) -> None:
    zone = ZoneInfo(name)
    offsets = {datetime(year, month, 2, tzinfo=UTC).astimezone(zone).utcoffset() for year in YEARS for month in (1, 7)}

    assert len(offsets) > 1
    assert len(changes(zone)) > 30


@pytest.mark.parametrize("name", ZONES)
def test_an_office_opens_at_nine_once_on_each_working_day_around_a_change(name: str) -> None:
    working = every_day(ZoneInfo(name))

    for day in changes(working.zone):
        if not working.is_working(day):
            continue
        opening = working.opening(day)
        there = opening.astimezone(working.zone)
        assert (there.date(), there.hour, there.minute) == (day, 9, 0)
        assert working.is_open(opening)
        assert not working.is_open(opening - SECOND)
        assert working.next_opening(opening - SECOND) == opening
        following = working.next_opening(opening)
        assert following > opening
        assert working.local_date(following) == working.next_working_day(day + DAY)


@pytest.mark.parametrize("name", ZONES)
def test_a_day_is_over_one_second_before_the_next_begins(name: str) -> None:
    zone = ZoneInfo(name)

    for day in changes(zone):
        last = due_at(day, zone)
        there, after = last.astimezone(zone), (last + SECOND).astimezone(zone)
        if name != "Pacific/Apia" or day != date(2011, 12, 30):
            assert there.date() == day, day
        assert after.date() > day, day
        assert due_at(day + DAY, zone) >= last


def test_where_clocks_go_back_at_midnight_the_second_last_hour_counts() -> None:
    # Beirut put its clocks back at 00:00 on 25 October 2009, so 23:00 to 24:00 of the 24th came twice.
    assert due_at(date(2009, 10, 24), ZoneInfo("Asia/Beirut")) == utc("2009-10-24 21:59:59")


def test_apia_has_no_30_december_2011() -> None:
    apia = every_day(ZoneInfo("Pacific/Apia"))
    left_out = date(2011, 12, 30)  # a Friday

    assert apia.day_off(left_out) == "no such day here"
    assert apia.last_working_day(left_out) == date(2011, 12, 29)
    assert apia.next_working_day(left_out) == date(2012, 1, 2)
    assert due_at(left_out, apia.zone) == due_at(date(2011, 12, 31), apia.zone)


def test_the_watchman_reads_such_days_alike() -> None:
    posts = {"Pacific/Apia": date(2011, 12, 30), "Asia/Beirut": date(2009, 10, 24)}
    for post in config().posts.values():
        if day := posts.get(post.time_zone):
            assert LocalTime(config(), post).last_second(day) == due_at(day, post.zone)
    beirut = next(post for post in config().posts.values() if post.time_zone == "Asia/Beirut")
    seen = LocalTime(config(), beirut)
    seen.zone = ZoneInfo("Pacific/Apia")
    assert not seen.works(date(2011, 12, 30))
