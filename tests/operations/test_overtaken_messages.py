"""What was sealed, bounced or held before the world changed: nothing goes that is not so any more, nor at night."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.operations.test_bounces import came_back, drop
from tests.smoke.story import YEAR, Story, utc
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.hold import hold
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.take_bounces import bounces_to_take, take_bounces
from tipcycle.settings import settings
from tipcycle.store import Store

FIRST = "message:2010:baku.action-officer:email:2009-10-16:1"
OFFICER = "baku.action-officer@posts.example"


def plan_baku_for(day: date, at: str) -> None:
    asked: dict[str, Any] = {"step": "progress-report", "country": "AZE", "planned_on": day, "at": utc(at)}
    change_deadline(YEAR, reason_class="post asked", reason="made up", approver="gtip.director", preview=False, **asked)


def test_a_bounce_of_a_plan_that_was_replaced_is_told_to_nobody(asked: Story) -> None:
    asked.tick(utc("2009-10-16 06:00"))
    plan_baku_for(date(2009, 12, 1), "2009-10-16 07:00")
    with Store.read(settings().ledger_url) as store:
        sent = store.messages.find(FIRST)
    assert sent is not None
    drop(came_back(sent.message_id))

    take_bounces(bounces_to_take(), utc("2009-10-16 08:00"))
    asked.tick_hourly(utc("2009-10-16 08:30"), utc("2009-10-20 08:30"))

    assert (-30, "baku.alternate") not in asked.notices("progress-report:AZE")
    assert asked.sent_to("baku.alternate") == []


@pytest.mark.parametrize("stopped", [pytest.param(False, id="mail was down"), pytest.param(True, id="the tick ended")])
def test_what_was_held_up_until_the_office_closed_goes_the_next_working_morning(asked: Story, stopped: bool) -> None:
    last_minute = utc("2009-10-16 11:50")  # Friday 16:50 in Baku
    if stopped:
        plan_messages(last_minute)
    else:
        asked.mailbox.stop()
        asked.tick(last_minute)
        asked.mailbox.start_again()

    asked.tick_hourly(utc("2009-10-16 12:30"), utc("2009-10-19 03:30"))
    before = asked.sent_to("baku.action-officer")
    asked.tick(utc("2009-10-19 04:00"))  # Monday 09:00

    assert before == []
    assert asked.sent_to("baku.action-officer") == ["message:2010:baku.action-officer:email:2009-10-19:1"]


def test_a_changed_day_that_was_passed_on_is_not_told_once_it_was_changed_again(asked: Story) -> None:
    told = "message:2010:deadline:progress-report-AZE-v2"
    plan_baku_for(date(2009, 12, 1), "2009-10-12 06:00")
    asked.tick(utc("2009-10-12 06:30"))
    drop(came_back(f"<{told.replace(':', '.')}@tipcycle.example>"))
    take_bounces(bounces_to_take(), utc("2009-10-12 07:00"))

    plan_baku_for(date(2009, 12, 8), "2009-10-12 07:10")
    asked.tick(utc("2009-10-12 07:30"))

    assert asked.sent()[told] == 1
    assert asked.sent()[f"{told}+baku.alternate"] == 0
    with Store.read(settings().ledger_url) as store:
        passed_on = store.messages.find(f"{told}+baku.alternate")
    assert passed_on is not None
    assert (passed_on.state, passed_on.reason) == ("withdrawn", "the deadline was changed once more")


def test_a_hold_counts_at_once_where_the_clock_was_put_back_since(asked: Story) -> None:
    day: dict[str, Any] = {"until_on": date(2009, 10, 20), "reason": "made up", "approver": "gtip.director"}
    hold(YEAR, scope="post", name="baku", at=utc("2009-10-16 08:00"), **day)

    asked.tick(utc("2009-10-16 06:00"))

    assert asked.sent_to("baku.action-officer") == []
