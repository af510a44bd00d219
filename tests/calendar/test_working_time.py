"""Days and hours in 2009 that only careful code gets right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import config, obligation, places, utc
from tipcycle.calendar.federal_holidays import kept_on
from tipcycle.model.moment import local, offset
from tipcycle.model.post import WorkWeek

EVE, SUNDAY, MONDAY = date(2009, 11, 14), date(2009, 11, 15), date(2009, 11, 16)


@pytest.mark.parametrize(
    ("post", "working"),
    [
        pytest.param("baku", (False, False, True), id="Baku works Monday to Friday"),
        pytest.param("cairo", (False, True, True), id="Cairo works Sunday to Thursday"),
        pytest.param("riyadh", (True, True, True), id="Riyadh worked Saturday to Wednesday in 2009"),
        pytest.param("desk-iran", (False, False, True), id="a desk keeps Washington's week"),
    ],
)
def test_the_days_around_15_november_2009(post: str, working: tuple[bool, bool, bool]) -> None:
    time = places().of_post(config().posts[post])

    assert (time.is_working(EVE), time.is_working(SUNDAY), time.is_working(MONDAY)) == working


@pytest.mark.parametrize(
    ("country", "due_at", "offset_then"),
    [
        pytest.param("AZE", "2009-11-15 19:59:59", "UTC+4", id="Baku, after summer time"),
        pytest.param("BGD", "2009-11-15 16:59:59", "UTC+7", id="Dhaka, in its one summer time"),
        pytest.param("VEN", "2009-11-16 04:29:59", "UTC-4:30", id="Caracas"),
        pytest.param("FJI", "2009-11-15 11:59:59", "UTC+12", id="Suva, before its summer time of 29 November"),
    ],
)
def test_an_obligation_falls_due_on_its_owner_s_clock(country: str, due_at: str, offset_then: str) -> None:
    owed = obligation(country)
    zone = places().of_owner(owed.post).zone

    assert owed.due_at == utc(due_at)
    assert offset(owed.due_at.astimezone(zone)) == offset_then
    assert local(owed.due_at, zone) == f"Sun 15 Nov 2009 23:59 ({offset_then})"


@pytest.mark.parametrize(
    ("clock", "open_"),
    [("04:59:59", False), ("05:00:00", True), ("12:59:59", True), ("13:00:00", False)],
)
def test_working_hours_are_nine_to_five_local(clock: str, open_: bool) -> None:
    baku = places().of_post(config().posts["baku"])

    assert baku.is_open(utc(f"2009-11-13 {clock}")) is open_
    assert baku.is_open(utc(f"2009-11-14 {clock}")) is False


def test_the_next_opening_is_strictly_later_and_on_a_working_day() -> None:
    baku = places().of_post(config().posts["baku"])

    assert baku.next_opening(utc("2009-11-13 04:59:59")) == utc("2009-11-13 05:00")
    assert baku.next_opening(utc("2009-11-13 05:00")) == utc("2009-11-16 05:00")


@pytest.mark.parametrize(
    ("post", "day", "working"),
    [
        pytest.param("abu-dhabi", date(2021, 12, 30), True, id="Abu Dhabi: last Thursday of the old week"),
        pytest.param("abu-dhabi", date(2021, 12, 31), False, id="Abu Dhabi: last Friday off"),
        pytest.param("abu-dhabi", date(2022, 1, 7), True, id="Abu Dhabi: Friday works in the new week"),
        pytest.param("abu-dhabi", date(2022, 1, 9), False, id="Abu Dhabi: Sunday rests in the new week"),
        pytest.param("riyadh", date(2009, 11, 12), False, id="Riyadh: Thursday rested in 2009"),
        pytest.param("riyadh", date(2013, 7, 4), True, id="Riyadh: Thursday works after June 2013"),
        pytest.param("algiers", date(2009, 8, 13), False, id="Algiers: the last Thursday off"),
        pytest.param("algiers", date(2009, 8, 20), True, id="Algiers: Thursday works in the new week"),
    ],
)
def test_a_work_week_has_a_date(post: str, day: date, working: bool) -> None:
    assert places().of_post(config().posts[post]).is_working(day) is working


def test_a_reminder_rolls_back_over_a_feast_and_an_escalation_forward() -> None:
    cairo = places().of_post(config().posts["cairo"])

    assert cairo.last_working_day(date(2009, 11, 29)) == date(2009, 11, 25)  # Eid al-Adha began on Thursday 26
    assert cairo.next_working_day(date(2009, 11, 26)) == date(2009, 11, 30)


@pytest.mark.parametrize(
    ("post", "day", "reason"),
    [
        pytest.param("baghdad", date(2009, 10, 11), "Columbus Day", id="Baghdad keeps it on Sunday"),
        pytest.param("baghdad", date(2009, 10, 12), None, id="Baghdad works on the Monday"),
        pytest.param("baku", date(2009, 10, 12), "Columbus Day", id="Baku keeps it on Monday"),
        pytest.param("baku", date(2009, 10, 13), None, id="Baku works on the Tuesday"),
    ],
)
def test_a_post_that_works_on_sunday_keeps_a_monday_holiday_on_sunday(post: str, day: date, reason: str | None) -> None:
    assert places().of_post(config().posts[post]).day_off(day) == reason


@pytest.mark.parametrize(
    ("days", "holiday", "kept"),
    [
        ("Sun-Thu", date(2009, 9, 7), date(2009, 9, 6)),
        ("Sun-Thu", date(2009, 11, 11), date(2009, 11, 11)),
        ("Sun-Thu", date(2009, 12, 25), date(2009, 12, 24)),
        ("Mon-Fri", date(2009, 12, 25), date(2009, 12, 25)),
        ("Sat-Wed", date(2009, 9, 7), date(2009, 9, 7)),
    ],
)
def test_only_sunday_weeks_move_a_federal_holiday(days: str, holiday: date, kept: date) -> None:
    assert kept_on(holiday, WorkWeek.model_validate({"days": days})) == kept


def test_every_post_works_five_days_of_an_ordinary_week() -> None:
    for post in config().posts.values():
        time = places().of_post(post)
        week = [date(2009, 10, 24) + timedelta(days=number) for number in range(7)]
        rest = [day for day in week if time.day_off(day) == "rest day"]
        assert len(rest) == 2, post.name
