"""Another day for an obligation: who is told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.smoke.story import YEAR, story, utc
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.settings import settings
from tipcycle.store import Store


def test_nobody_is_told_of_a_new_day_for_what_was_not_asked_yet(tmp_path: Path) -> None:
    with story(tmp_path) as told:
        told.open_and_clear()

        report = change_deadline(
            YEAR,
            step="progress-report",
            country="SEN",
            planned_on=date(2009, 11, 27),
            reason_class="Department",
            reason="Made up.",
            approver="gtip.director",
            at=utc("2009-09-15 14:00"),
            preview=False,
        )

        with Store.read(settings().ledger_url) as store:
            mails = store.messages.keys_like(f"message:{YEAR}:deadline:")
    assert mails == []
    assert "dakar.action-officer is not told: it was not asked yet" in report.lines
