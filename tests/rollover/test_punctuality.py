"""How late an answer was, on the post's own calendar and by the plan in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import config, obligation, places, utc
from tipcycle.rollover.punctuality import Punctuality, days_late, punctuality

BAKU = places().of_post(config().posts["baku"])
AT = utc("2009-12-01 12:00")


@pytest.mark.parametrize(
    ("answered", "days"),
    [
        pytest.param("2009-11-14 12:00", 0, id="the day before"),
        pytest.param("2009-11-15 19:59", 0, id="the last minute in Baku"),
        pytest.param("2009-11-15 20:00", 1, id="a minute later it is the 16th there"),
        pytest.param("2009-11-25 12:00", 10, id="ten days late"),
        pytest.param(None, 16, id="still missing on 1 December"),
    ],
)
def test_days_late_are_those_of_the_posts_calendar(answered: str | None, days: int) -> None:
    owed = obligation(answered_at=utc(answered) if answered else None)

    assert days_late(owed, BAKU, at=AT) == days


def test_what_was_waived_or_never_asked_is_not_late() -> None:
    assert days_late(obligation(standing="waived"), BAKU, at=AT) == 0
    assert days_late(obligation(opened_at=None), BAKU, at=AT) == 0


def test_what_was_asked_is_counted_once() -> None:
    answered = obligation(standing="received", answered_at=utc("2009-11-10 12:00"))
    late = replace(answered, answered_at=utc("2009-11-18 12:00"))
    owed = [answered, late, obligation(), obligation(standing="waived"), obligation(opened_at=None)]

    assert punctuality(owed, BAKU, at=AT) == Punctuality(4, 1, 1, 1, 1, 0, 3)
    assert punctuality([obligation()], BAKU, at=utc("2009-11-01 12:00")).not_due == 1
