"""The roll call: once a post, in its own hours, from the opening until the special watch list is planned."""

from __future__ import annotations

import pytest

from tests.builders import config, places, utc
from tipcycle.reminders.roll_call import RollCall, decide_roll_call

OPENED = utc("2009-08-31 12:00")


def asked(at: str, *called: str) -> RollCall:
    return decide_roll_call(config(), places(), opened_at=OPENED, called=set(called), at=utc(at))


def test_nobody_is_asked_before_the_opening_and_the_tick_knows_when_to_look_again() -> None:
    assert asked("2009-08-31 11:59") == RollCall((), OPENED)


@pytest.mark.parametrize(
    ("at", "post", "now"),
    [
        pytest.param("2009-08-31 12:00", "dakar", True, id="noon in Dakar"),
        pytest.param("2009-08-31 12:00", "baku", False, id="after hours in Baku"),
        pytest.param("2009-09-01 05:00", "baku", True, id="the next morning there"),
        pytest.param("2009-09-04 08:00", "cairo", False, id="Friday is a rest day in Cairo"),
        pytest.param("2009-09-06 08:00", "cairo", False, id="nor on the Sunday on which it keeps Labor Day"),
        pytest.param("2009-09-13 08:00", "cairo", True, id="any other Sunday it works"),
    ],
)
def test_a_post_is_asked_in_its_own_working_hours(at: str, post: str, now: bool) -> None:
    assert (post in {one.id for one in asked(at).posts}) is now


def test_a_post_is_asked_once() -> None:
    assert "dakar" not in {one.id for one in asked("2009-09-01 12:00", "dakar").posts}


@pytest.mark.parametrize(("at", "some"), [("2009-09-11 15:00", True), ("2009-09-14 15:00", False)])
def test_the_roll_call_ends_when_the_list_is_planned(at: str, some: bool) -> None:
    decision = asked(at)

    assert bool(decision.posts) is some
    assert (decision.wake_at is not None) is some
