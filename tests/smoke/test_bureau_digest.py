"""Each bureau is told on Mondays how its posts stand: once a week, in mails that fit a screen."""

from __future__ import annotations

import asyncio
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.operations.hold import hold
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.tick import next_day_with_something_due, step_due_moments
from tipcycle.settings import settings
from tipcycle.store import Store

DIGEST = "message:2010:bureau-digest:eur-2009-11-16"


def _text(cycle: Story, bureau: str, monday: str) -> str:
    for path in (cycle.folder / "mails").rglob("*.eml"):
        content = path.read_bytes()
        if f"bureau-digest.{bureau}-{monday}".encode() in content:
            body = message_from_bytes(content, policy=default).get_body()
            return str(body.get_content())  # type: ignore[union-attr]
    raise AssertionError(f"{bureau} was not told")


def test_every_bureau_is_told_once_a_week_however_often_is_ticked(asked: Story) -> None:
    asked.tick_hourly(utc("2009-11-16 00:00"), utc("2009-11-17 02:00"))
    asked.tick(utc("2009-11-18 16:00"))

    told = asked.told_bureaus()

    assert set(told.values()) == {1}
    assert {key.rpartition(":")[2] for key in told} == {
        f"{bureau}-2009-11-16" for bureau in ("af", "eap", "eur", "nea", "sca", "wha")
    }


def test_a_late_tick_tells_the_week_and_no_week_before_it(asked: Story) -> None:
    asked.tick(utc("2009-11-05 15:00"))
    asked.tick(utc("2009-11-18 16:00"))

    assert sorted(key for key in asked.told_bureaus() if ":eur-" in key) == [
        "message:2010:bureau-digest:eur-2009-11-02",
        DIGEST,
    ]


def test_the_mail_tells_what_is_in_late_overdue_coming_and_held(asked: Story) -> None:
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(utc("2009-11-10 09:00"))
    hold(
        YEAR,
        scope="post",
        name="Moscow",
        until_on=date(2009, 11, 30),
        reason="ice (made up)",
        approver="gtip.director",
        at=utc("2009-11-11 09:00"),
    )
    asked.tick(utc("2009-11-09 15:00"))
    asked.tick(utc("2009-11-16 15:00"))

    before, after = _text(asked, "eur", "2009-11-09"), _text(asked, "eur", "2009-11-16")

    (baku,) = [line.split() for line in after.splitlines() if line.startswith("Baku ")]
    (moscow,) = [line.split() for line in after.splitlines() if line.startswith("Moscow ")]
    assert baku[1:] == ["2", "2", "0", "0", "0"]
    assert moscow[1:] == ["2", "1", "0", "1", "0"]
    assert "Coming:" in before
    assert "Overdue:" in after
    assert "Moscow: held until Mon 30 Nov 2009 by gtip.director: ice (made" in after
    assert "Dakar" not in after
    assert max(len(line) for text in (before, after) for line in text.splitlines()) <= 72


def test_nobody_is_told_before_something_was_asked_nor_once_everything_is_in(asked: Story) -> None:
    plan = plan_messages(utc("2009-11-16 15:00"))
    again = plan_messages(utc("2009-11-16 16:00"))

    assert any(DIGEST in batch for batch in plan.batches)
    assert sum(batch.count(DIGEST) for batch in again.batches) == 1


def test_a_rehearsal_comes_by_on_mondays(asked: Story) -> None:
    asked.tick(utc("2009-10-05 15:00"))

    assert next_day_with_something_due(utc("2009-10-09 23:59"), utc("2009-10-14 23:59")) == utc(
        "2009-10-13 23:59"
    ).replace(second=59)  # Monday is Columbus Day


def test_a_rehearsals_digests_go_at_their_own_hour(tmp_path: Path) -> None:
    with story(tmp_path, rehearsal=True) as cycle:
        cycle.open_and_ask()
        cycle.report_every_demarche(utc("2009-10-05 12:00"))
        cycle.tick(utc("2009-10-05 15:00"))

        asyncio.run(step_due_moments(utc("2009-10-13 23:59")))

        with Store.read(settings().ledger_url) as store:
            digest = store.messages.find("message:2010:bureau-digest:eur-2009-10-12")
        assert digest is not None
        assert digest.sealed_at == utc("2009-10-13 13:00")  # 09:00 in Washington


def test_whoever_goes_from_day_to_day_gets_on_while_a_digest_waits(asked: Story) -> None:
    until = utc("2009-10-14 23:59")
    day = next_day_with_something_due(utc("2009-09-28 00:00"), until)
    assert day is not None

    following = next_day_with_something_due(day, until)

    assert following is None or following > day
