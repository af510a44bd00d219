"""How a ladder becomes notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import config, notices, obligation, places, utc
from tipcycle.ladder.compile_notices import compile_notices
from tipcycle.ladder.recipients import next_in_climb, recipients
from tipcycle.model.ladder import Recipient


def test_the_key_of_a_notice_is_spelt_so() -> None:
    keys = {notice.key for notice in notices(obligation("SEN"))}

    assert "notice:2010:progress-report:SEN:v1:-14:dakar.action-officer" in keys
    assert "notice:2010:progress-report:SEN:v1:+7:af.bureau" in keys


@pytest.mark.parametrize(
    ("country", "days", "due_at"),
    [
        pytest.param("AZE", -1, "2009-11-13 05:00", id="the day before 15 Nov is a Saturday: Friday 13 in Baku"),
        pytest.param("EGY", -1, "2009-11-12 07:00", id="and Thursday 12 in Cairo"),
        pytest.param("AZE", 1, "2009-11-16 05:00", id="Monday 16 in Baku"),
        pytest.param("AZE", 7, "2009-11-23 14:00", id="22 Nov is a Sunday: the bureau hears on Monday 23"),
        pytest.param("AZE", 14, "2009-11-30 14:00", id="29 Nov is a Sunday: the director hears on Monday 30"),
    ],
)
def test_reminders_roll_back_and_escalations_forward(country: str, days: int, due_at: str) -> None:
    due = {notice.due_at for notice in notices(obligation(country)) if notice.days == days}

    assert due == {utc(due_at)}


def test_latest_by_is_the_deadline_for_a_reminder_and_the_next_rung_for_an_escalation() -> None:
    owed = obligation("AZE")
    by_rung = {notice.days: notice for notice in notices(owed)}

    assert by_rung[-30].latest_by == by_rung[-1].latest_by == owed.due_at
    assert by_rung[1].latest_by == by_rung[3].due_at
    assert by_rung[7].latest_by == by_rung[14].due_at
    assert by_rung[14].latest_by is None


@pytest.mark.parametrize(
    ("opened_at", "left_out"),
    [
        pytest.param("2009-10-16 03:59:59", [], id="asked a second before the first rung"),
        pytest.param("2009-10-16 04:00:00", [], id="asked at its very moment"),
        pytest.param("2009-10-16 04:00:01", [-30], id="asked a second after it"),
        pytest.param("2009-11-14 00:00:00", [-30, -14, -7, -1, -1], id="asked on the eve of the deadline"),
    ],
)
def test_no_notice_is_due_before_its_obligation_was_asked(opened_at: str, left_out: list[int]) -> None:
    owed = obligation("AZE")
    compiled = compile_notices(
        owed,
        config().ladders["progress-report"],
        post=config().posts["baku"],
        positions=config().positions,
        places=places(),
        opened_at=utc(opened_at),
    )

    assert [rung.days for rung in compiled.skipped] == left_out
    assert all("before it was asked on" in rung.reason for rung in compiled.skipped)
    assert len(compiled.notices) + len(compiled.skipped) == 10


_POSTS = sorted(config().posts)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(_POSTS), st.dates(date(2009, 10, 1), date(2010, 10, 31)))
def test_every_notice_falls_due_at_nine_on_a_working_day_of_its_recipient(post: str, planned_on: date) -> None:
    owed = obligation(config().posts[post].covers[0], planned_on=planned_on, original_on=planned_on)

    for notice in notices(owed, opened_at=utc("2009-08-01 00:00")):
        time = places().of(config().positions[notice.position])
        there = notice.due_at.astimezone(time.zone)
        rung_day = planned_on + timedelta(days=notice.days)
        assert (there.hour, there.minute) == (9, 0)
        assert time.is_working(there.date())
        assert there.date() <= rung_day if notice.days < 0 else there.date() >= rung_day


@pytest.mark.parametrize(
    ("to", "post", "expected"),
    [
        pytest.param("action-officer", "dakar", ("dakar.action-officer",), id="the post's own officer"),
        pytest.param("bureau", "dakar", ("af.bureau",), id="its regional bureau"),
        pytest.param("bureau", "desk-united-states", ("gtip.director",), id="no bureau: the director"),
        pytest.param("director", "dakar", ("gtip.director",), id="the director"),
    ],
)
def test_a_rung_names_positions(to: Recipient, post: str, expected: tuple[str, ...]) -> None:
    assert recipients(to, post=config().posts[post], owner_unit=post, owner="") == expected


def test_a_step_of_the_department_can_tell_all_bureaus() -> None:
    told = recipients("bureaus", post=None, owner_unit="gtip", owner="")

    assert told == ("af.bureau", "eap.bureau", "eur.bureau", "nea.bureau", "sca.bureau", "wha.bureau")


def test_the_climb_goes_from_the_officer_to_the_director() -> None:
    positions, post = config().positions, config().posts["baku"]
    climbed = [positions["baku.action-officer"]]
    while (above := next_in_climb(climbed[-1], post=post, positions=positions)) is not None:
        climbed.append(above)

    assert [position.id for position in climbed] == [
        "baku.action-officer",
        "baku.alternate",
        "baku.front-office",
        "eur.bureau",
        "gtip.director",
    ]
