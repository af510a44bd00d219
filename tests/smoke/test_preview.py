"""What the preview shows is what is then sent, to the letter; and it leaves the ledger as it was."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.cli import main
from tipcycle.operations.preview_messages import preview_messages
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.schema import metadata


@pytest.fixture
def cleared(tmp_path: Path) -> Iterator[Story]:
    """A cycle whose action requests are cleared and go out next."""
    with story(tmp_path) as cycle:
        cycle.open_and_clear()
        yield cycle


def _everything() -> dict[str, list[tuple[object, ...]]]:
    with Store.read(settings().ledger_url) as store:
        return {
            table.name: [tuple(row) for row in store.connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }


def _sealed_since(at: datetime) -> dict[str, tuple[str, str, str]]:
    with Store.read(settings().ledger_url) as store:
        return {
            one.key: (one.address, one.subject, one.body)
            for one in store.messages.of_cycle(YEAR)
            if one.sealed_at >= at and one.state == "accepted"
        }


@pytest.mark.parametrize(
    ("first", "days"),
    [
        pytest.param("2009-10-12 00:30", 7, id="the first reminders"),
        pytest.param("2009-11-11 00:30", 14, id="over the deadline"),
    ],
)
def test_what_is_previewed_is_sent_key_by_key_and_word_by_word(
    asked: Story, monkeypatch: pytest.MonkeyPatch, first: str, days: int
) -> None:
    monkeypatch.setenv("TIPCYCLE_INTAKE_URL", "https://tip.example")  # mails then carry signed links
    at = utc(first)
    asked.tick(at)
    before, started = _everything(), time.monotonic()

    planned = preview_messages(days=days, at=at)

    assert time.monotonic() - started < 10
    assert _everything() == before
    asked.tick_hourly(at + timedelta(minutes=30), at + timedelta(days=days))
    really = _sealed_since(at + timedelta(minutes=30))
    told = {one.message.key: (one.message.address, one.message.subject, one.message.body) for one in planned}
    assert len(planned) == len(told) > 50
    assert told == really, "signed links are equal too: they are made of the moment of the tick"


def test_the_preview_foresees_the_action_requests_of_the_day_and_the_forms_that_follow(
    cleared: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPCYCLE_INTAKE_URL", "https://tip.example")

    planned = preview_messages(days=3, at=utc("2009-09-19 00:30"))

    requests = [one for one in planned if ":action-request:" in one.message.key]
    assert len(requests) == 56
    assert {one.at for one in requests} == {utc("2009-09-21 12:00")}  # 08:00 in Washington
    assert sum(":forms:" in one.message.key for one in planned) == 56


def test_a_preview_of_one_post_shows_only_its_own(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["preview", "--days", "3", "--post", "Dakar", "--report-year", str(YEAR), "--at", "2009-11-12T00:30:00Z"]

    assert main([*words, "--words"]) == 0

    shown = capsys.readouterr().out
    assert "email to dakar.action-officer <dakar.action-officer@posts.example>" in shown
    assert "Guinea-Bissau" in shown
    assert "baku" not in shown
