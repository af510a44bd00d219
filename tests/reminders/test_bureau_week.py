"""Once a bureau and week, on Washington's first working day; late and repeated looks change nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import places, utc
from tipcycle.reminders.bureau_week import BureauWeek, decide_bureau_week
from tipcycle.reminders.hold import HeldBack

MONDAY = date(2009, 11, 16)
ASKED = {"EUR": utc("2009-09-21 14:00"), "AF": utc("2009-09-21 14:00")}


def _decide(at: str, **changed: Any) -> BureauWeek:
    values: dict[str, Any] = {"told": set(), "held": {}, "asked": ASKED} | changed
    asked = values.pop("asked")
    return decide_bureau_week(asked, places().washington, at=utc(at), **values)


@pytest.mark.parametrize(
    ("at", "bureaus", "look_at"),
    [
        pytest.param("2009-11-16 13:59", (), "2009-11-16 14:00", id="08:59 on Monday"),
        pytest.param("2009-11-16 14:00", ("AF", "EUR"), "2009-11-23 14:00", id="09:00 on Monday"),
        pytest.param("2009-11-16 22:00", (), "2009-11-17 14:00", id="no tick came before 17:00"),
        pytest.param("2009-11-18 15:00", ("AF", "EUR"), "2009-11-23 14:00", id="no tick came before Wednesday"),
        pytest.param("2009-11-21 15:00", (), "2009-11-23 14:00", id="nor before Saturday: the week is over"),
        pytest.param("2009-10-12 15:00", (), "2009-10-13 13:00", id="Columbus Day"),
        pytest.param("2009-10-13 13:00", ("AF", "EUR"), "2009-10-19 13:00", id="the Tuesday after it"),
    ],
)
def test_bureaus_are_told_on_the_first_working_day_of_the_week(at: str, bureaus: Any, look_at: str) -> None:
    decision = _decide(at)

    assert (decision.bureaus, decision.look_at) == (bureaus, utc(look_at))


def test_whoever_was_told_this_week_is_not_told_again() -> None:
    decision = _decide("2009-11-16 15:00", told={("EUR", MONDAY), ("AF", date(2009, 11, 9))})

    assert decision.bureaus == ("AF",)
    assert decision.monday == MONDAY


def test_what_was_asked_during_the_week_is_told_in_the_next() -> None:
    asked = {"EUR": utc("2009-11-16 14:00")}

    assert _decide("2009-11-18 15:00", asked=asked).bureaus == ()
    assert _decide("2009-11-23 14:00", asked=asked).bureaus == ("EUR",)


def test_a_bureau_on_hold_is_told_at_the_first_opening_after_its_end() -> None:
    held = {"EUR": HeldBack("made up", utc("2009-11-18 05:00"))}

    decision = _decide("2009-11-16 14:00", held=held)

    assert decision.bureaus == ("AF",)
    assert decision.look_at == utc("2009-11-18 14:00")
