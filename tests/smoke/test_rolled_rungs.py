"""A weekend rolls several rungs onto one morning: the officer is told first, whoever is above in a later tick."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.operations.tick import step_due_moments
from tipcycle.settings import settings
from tipcycle.store import Store

# The interim release is planned for Friday 29 January 2010: its rungs +1 (Saturday), +2 (Sunday) and +3 (Monday) all
# fall due on Monday 1 February at 09:00 in Washington, the legal day itself.
MONDAY = utc("2010-02-01 14:00")


def _told(report_year: int = YEAR) -> dict[str, datetime]:
    """When each position was told of rungs +1, +2 and +3."""
    with Store.read(settings().ledger_url) as store:
        found = store.notices.of_obligations([f"obligation:{report_year}:interim-release:all"])
    return {one.position: one.decided_at for one in found if one.days > 0 and one.state == "sent" and one.decided_at}


@pytest.fixture
def late_release(asked: Story) -> Story:
    """The officer was reminded in time; nothing of the days after the deadline was told yet."""
    asked.tick(MONDAY - timedelta(hours=1))
    return asked


def test_in_one_tick_only_the_officer_is_told(late_release: Story) -> None:
    late_release.tick(MONDAY)

    assert set(_told()) == {"gtip.action-officer", "gtip.alternate"}


def test_whoever_is_above_is_told_by_the_next_tick_on_the_legal_day_still(late_release: Story) -> None:
    late_release.tick(MONDAY)
    late_release.tick(MONDAY + timedelta(hours=1))

    told = _told()
    assert told["gtip.action-officer"] == MONDAY
    assert told["gtip.director"] == told["eur.bureau"] == MONDAY + timedelta(hours=1)


def test_a_tick_between_two_seconds_keeps_the_order(late_release: Story) -> None:
    late_release.tick(MONDAY + timedelta(milliseconds=700))

    assert set(_told()) == {"gtip.action-officer", "gtip.alternate"}


def test_a_rehearsal_that_steps_through_the_day_keeps_the_order_too(tmp_path: Path, asked_ledger: Path) -> None:
    import asyncio

    with story(tmp_path, ledger=asked_ledger) as cycle:
        with Store.begin(settings().ledger_url) as store:
            store.connection.exec_driver_sql("UPDATE ledger SET rehearsal = 1")
        cycle.tick(MONDAY - timedelta(hours=1))

        asyncio.run(step_due_moments(utc("2010-02-01 23:59:59")))

        told = _told()
        assert told["gtip.action-officer"] == MONDAY
        assert told["gtip.action-officer"] < told["gtip.director"] < utc("2010-02-01 22:00")
