"""The watchman's own working time agrees with the one that plans, for every post and every day of two years."""

from __future__ import annotations

from datetime import date, timedelta

from tests.smoke.story import utc
from tipcycle.calendar.places import Places
from tipcycle.config import load_config
from tipcycle.settings import ROOT
from tipcycle.watchman.local_time import Clocks


def test_every_post_works_the_same_days_and_hours_in_both_reckonings() -> None:
    config = load_config(ROOT / "config", 2010)
    places, clocks = Places(config), Clocks(config)
    days = [date(2009, 6, 1) + timedelta(days=number) for number in range(500)]

    for post in (None, *sorted(config.posts)):
        planned, own = places.of_owner(post), clocks.at_post(post)
        assert [day for day in days if planned.is_working(day)] == [day for day in days if own.works(day)], post
        assert [planned.opening(day) for day in days[::30]] == [own.morning(day) for day in days[::30]]


def test_a_moment_after_five_or_on_a_rest_day_waits_for_the_next_morning() -> None:
    washington = Clocks(load_config(ROOT / "config", 2010)).at_post(None)

    assert washington.is_in(utc("2009-11-20 21:59"))
    assert not washington.is_in(utc("2009-11-20 22:00"))
    assert washington.comes_in(utc("2009-11-20 22:00")) == utc("2009-11-23 14:00")
    assert washington.comes_in(utc("2009-11-25 14:00")) == utc("2009-11-27 14:00"), "Thanksgiving is between"
