"""A country changes its clock between planning and sending: the instant stays, the hours are those of the new rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import config, obligation, places, utc
from tests.reminders.test_decisions import rung, situation
from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig
from tipcycle.reminders.decide_messages import decide_messages


def baku_moved_to(zone: str) -> CycleConfig:
    """The config as it reads once Baku's offset, UTC+4 when its notices were planned, is that of `zone`."""
    moved = config().posts["baku"].model_copy(update={"time_zone": zone})
    return replace(config(), posts=dict(config().posts) | {"baku": moved})


@pytest.mark.parametrize(
    ("zone", "sent_at", "waits_until"),
    [
        pytest.param("Asia/Dubai", "2009-11-06 05:00", None, id="no change: 09:00"),
        pytest.param("Asia/Tashkent", "2009-11-06 05:00", None, id="an hour later: 10:00, and it goes"),
        pytest.param("Asia/Baghdad", "2009-11-06 05:00", "2009-11-06 06:00", id="an hour earlier: waits for 09:00"),
        pytest.param("Asia/Baghdad", "2009-11-06 06:00", None, id="and goes then"),
    ],
)
def test_hours_are_judged_by_the_rules_of_the_day_it_is_sent(zone: str, sent_at: str, waits_until: str | None) -> None:
    assert rung(-7).due_at == utc("2009-11-06 05:00")
    today = baku_moved_to(zone)

    decision = decide_messages(situation(utc(sent_at), [rung(-7)]), config=today, places=Places(today))

    assert [held.until for held in decision.held] == ([utc(waits_until)] if waits_until else [])
    assert [digest.forced for digest in decision.digests] == ([] if waits_until else [""])


def test_a_deadline_stays_the_instant_that_was_told() -> None:
    owed = obligation("AZE")
    moved = Places(baku_moved_to("Asia/Tashkent"))

    assert owed.due_at == utc("2009-11-15 19:59:59")
    assert moved.of_owner("baku").local_date(owed.due_at) != places().of_owner("baku").local_date(owed.due_at)
