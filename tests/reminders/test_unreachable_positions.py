"""What one decision does with refused addresses: each rung is told once, to whoever can be reached."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.builders import config, notices, obligation, places, utc
from tipcycle.model.notice import Notice
from tipcycle.model.position import Channel
from tipcycle.reminders.decide_messages import Decision, Situation, decide_messages

REMINDER_DAY = utc("2009-11-13 06:00")  # a Friday morning in Baku
BUREAU_DAY = utc("2009-11-23 15:00")


def due(days: int) -> tuple[Notice, ...]:
    """One rung of Azerbaijan's progress report, to everyone it speaks to."""
    return tuple(one for one in notices(obligation("AZE")) if one.days == days)


def decide(
    owed: tuple[Notice, ...],
    *,
    at: datetime,
    refused: list[tuple[Channel, str]],
    sealed: dict[tuple[str, str, date], tuple[int, int]] | None = None,
) -> Decision:
    owed_by = obligation("AZE")
    situation = Situation(
        at=at,
        owed=owed,
        obligations={owed_by.key: owed_by},
        history={owed_by.key: owed},
        sealed=sealed or {},
        refused=frozenset(
            (channel, config().positions[position].address(channel) or "") for channel, position in refused
        ),
    )
    return decide_messages(situation, config=config(), places=places())


def told(decision: Decision) -> list[tuple[str, str, list[int]]]:
    return [(one.position, one.channel, [notice.days for notice in one.notices]) for one in decision.digests]


OFFICER: tuple[Channel, str] = ("email", "baku.action-officer")
ALTERNATE: tuple[Channel, str] = ("email", "baku.alternate")


def test_an_alternate_with_the_same_rung_is_told_once_and_the_officer_s_notice_ends() -> None:
    decision = decide(due(-1), at=REMINDER_DAY, refused=[OFFICER])

    assert told(decision) == [("baku.alternate", "email", [-1])]
    assert [(one.notice.position, one.to) for one in decision.handed_over] == [("baku.action-officer", None)]


def test_when_officer_and_alternate_are_refused_the_front_office_is_told_once_and_as_an_alarm() -> None:
    decision = decide(due(-1), at=REMINDER_DAY, refused=[OFFICER, ALTERNATE])

    assert told(decision) == [("baku.front-office", "email", [-1])]
    assert [notice.alarm for notice in decision.digests[0].notices] == [True]
    assert [one.notice.position for one in decision.handed_over] == ["baku.action-officer", "baku.alternate"]
    assert [one.to.position if one.to else None for one in decision.handed_over] == ["baku.front-office", None]


def test_a_rung_that_was_passed_on_leaves_the_older_ones_it_would_have_replaced() -> None:
    owed = tuple(one for days in (-14, -7) for one in due(days))

    decision = decide(owed, at=utc("2009-11-06 06:00"), refused=[OFFICER])

    assert told(decision) == [("baku.alternate", "email", [-7])]
    assert {key: [one.days for one in older] for key, older in decision.left_behind.items()} == {owed[1].key: [-14]}


def test_a_bureau_whose_slack_is_refused_gets_mail() -> None:
    decision = decide(due(7), at=BUREAU_DAY, refused=[("slack", "eur.bureau")])

    assert told(decision) == [("eur.bureau", "email", [7])]
    assert decision.digests[0].address == "eur.tip@bureaus.example"


def test_a_bureau_that_cannot_be_reached_at_all_is_stood_in_for_by_the_director() -> None:
    decision = decide(due(7), at=BUREAU_DAY, refused=[("slack", "eur.bureau"), ("email", "eur.bureau")])

    assert told(decision) == [("gtip.director", "slack", [7])]
    assert decision.digests[0].notices[0].alarm is True


def test_the_same_refusals_in_another_order_give_the_same_decision() -> None:
    forward, backward = (
        decide(owed, at=REMINDER_DAY, refused=[OFFICER, ALTERNATE]) for owed in (due(-1), due(-1)[::-1])
    )

    assert forward == backward


@pytest.mark.parametrize(
    ("standing", "n"),
    [
        pytest.param((0, 0), 1, id="nothing was sealed today"),
        pytest.param((0, 1), 2, id="one was sealed and refused: its number is not used again"),
    ],
)
def test_a_message_that_does_not_stand_does_not_count_as_today_s(standing: tuple[int, int], n: int) -> None:
    sealed = {("baku.action-officer", "email", date(2009, 11, 6)): standing}

    decision = decide(due(-7), at=utc("2009-11-06 06:00"), refused=[], sealed=sealed)

    assert [(one.n, one.key.rpartition(":")[2]) for one in decision.digests] == [(n, str(n))]


def test_a_second_message_of_the_day_goes_when_its_time_would_run_out_before_the_next_opening() -> None:
    sealed = {("baku.action-officer", "email", date(2009, 11, 13)): (1, 1)}
    officer = tuple(one for one in due(-1) if one.position == "baku.action-officer")

    decision = decide(officer, at=REMINDER_DAY, refused=[], sealed=sealed)

    assert [(one.n, one.forced) for one in decision.digests] == [(2, "")]
