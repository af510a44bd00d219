"""Opening a cycle asks every post, in its own hours and once, whether its positions are filled as we think."""

from __future__ import annotations

from pathlib import Path

from tests.smoke.story import YEAR, story, utc
from tipcycle.operations.open_cycle import open_cycle


def test_every_post_gets_one_mail_in_its_own_hours_however_often_is_ticked(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick_hourly(utc("2009-08-31 12:00"), utc("2009-09-03 12:00"))
        cycle.tick(utc("2009-09-03 12:00"))

        calls = {key: times for key, times in cycle.sent().items() if ":roll-call:" in key}

    assert len(calls) == 171
    assert set(calls.values()) == {1}


def test_the_mail_names_positions_addresses_and_whom_to_tell(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick(utc("2009-08-31 12:00"))

        (mail,) = [path for path in (tmp_path / "mails").rglob("*.eml") if "roll-call.dakar" in path.read_text()]

    text = mail.read_text(encoding="utf-8")
    assert "Action officer, Dakar" in text
    assert "dakar.front-office@posts.example" in text
    assert "Senegal, Guinea-Bissau" in text
    assert "reports@gtip.example" in text
