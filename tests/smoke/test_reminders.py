"""The heart: what goes out when, once, to whom, and what does not."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, story, utc


def _positions(keys: Iterable[str]) -> Counter[str]:
    return Counter(key.split(":")[2] for key in keys)


def test_every_entry_of_the_special_watch_list_gets_one_action_request_by_cable(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_ask()
        cycle.open_and_ask()

        assert len(cycle.gateway.accepted) == 56
        assert set(cycle.gateway.accepted.values()) == {1}


@on_both_databases
def test_dakar_owes_for_two_countries_and_gets_one_mail(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    assert asked.sent_to("dakar.action-officer") == ["message:2010:dakar.action-officer:email:2009-10-16:1"]
    (file,) = (asked.folder / "mails" / "dakar").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    text = mail.get_body().get_content()  # type: ignore[union-attr]
    assert "Guinea-Bissau" in text
    assert "Senegal" in text


def test_the_last_reminder_falls_on_friday_in_baku_and_thursday_in_cairo(asked: Story) -> None:
    asked.tick_hourly(utc("2009-11-12 00:00"), utc("2009-11-13 23:00"))

    assert asked.sent_to("baku.action-officer")[-1].endswith("2009-11-13:1")
    assert asked.notices("progress-report:AZE")[-1, "baku.alternate"][0] == "sent"
    assert asked.sent_to("cairo.alternate") == ["message:2010:cairo.alternate:email:2009-11-12:1"]


def test_nothing_is_sent_outside_working_hours(asked: Story) -> None:
    asked.tick(utc("2009-10-16 03:59"))  # 08:59 in Baku, where summer time lasts until 25 October

    assert asked.sent_to("baku.action-officer") == []


@on_both_databases
def test_a_tick_repeated_at_the_same_moment_sends_nothing_more(asked: Story) -> None:
    at = utc("2009-10-16 15:00")
    asked.tick(at)
    before = asked.sent()

    asked.tick(at)
    asked.tick(utc("2009-10-16 10:00"))  # an earlier moment counts as the last tick's

    assert asked.sent() == before


@on_both_databases
def test_five_ticks_started_at_once_send_one_message_a_position_and_day(asked: Story) -> None:
    command = [sys.executable, "-c", "import sys; from tipcycle.cli import main; sys.exit(main())"]
    tick = [*command, "tick", "--at", "2009-11-16T14:00:00Z"]

    running = [subprocess.Popen(tick, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    results = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0] * 5, results
    sent = asked.sent()
    assert sent
    assert set(sent.values()) == {1}, "a message was accepted more than once"
    assert set(_positions(sent).values()) == {1}, "a position got two messages on one day"
    assert asked.counts()["unknown"] == asked.counts()["queued"] == 0


@on_both_databases
def test_after_45_days_without_a_tick_the_posts_rung_goes_before_any_rung_above_it(asked: Story) -> None:
    asked.tick(utc("2009-11-09 14:00"))
    before = asked.sent()

    asked.tick(utc("2009-12-24 09:00"))  # 45 days later; a Thursday, 13:00 in Baku
    first_day = asked.sent() - before

    roles = Counter(position.split(".")[1] for position in _positions(first_day) if not position.startswith("gtip"))
    assert set(_positions(first_day).values()) == {1}
    assert {"action-officer", "alternate"} == set(roles)
    baku = asked.notices("progress-report:AZE")
    assert baku[1, "baku.action-officer"][0] == "sent"
    assert baku[-1, "baku.action-officer"][0] == "superseded"
    assert baku[-1, "baku.action-officer"][1].endswith(":v1:+1:baku.action-officer")
    assert baku[3, "baku.front-office"][0] == "owed"
    assert baku[7, "eur.bureau"][0] == baku[14, "gtip.director"][0] == "owed"


def test_after_an_outage_the_rungs_above_keep_their_distance(asked: Story) -> None:
    asked.tick(utc("2009-11-09 14:00"))
    asked.tick_hourly(utc("2009-12-24 09:00"), utc("2009-12-31 23:00"))

    front_office = asked.sent_to("baku.front-office")
    # +1 went on 24 Dec instead of 16 Nov, 38 days late: +3 moves from 18 Nov to 26 Dec (a Saturday), so Monday 28.
    assert front_office[-1] == "message:2010:baku.front-office:email:2009-12-28:1"
    with_bureau = [key for key in asked.sent_to("eur.bureau") if key >= "message:2010:eur.bureau:slack:2009-12"]
    # +7 moves from 23 Nov to 31 Dec.
    assert "message:2010:eur.bureau:slack:2009-12-31:1" in with_bureau
    assert set(asked.sent().values()) == {1}


def test_the_same_week_ticked_hourly_or_twice_a_day_ends_in_the_same_states(tmp_path: Path, asked_ledger: Path) -> None:
    ends = []
    for name, hours in (("hourly", range(24)), ("twice-a-day", (12, 20))):
        with story(tmp_path / name, ledger=asked_ledger) as cycle:
            for day in range(16, 20):
                for hour in hours:
                    cycle.tick(utc(f"2009-11-{day} {hour:02d}:00"))
            ends.append({key: state for key, (state, _) in cycle.notices("progress-report:AZE").items()})

    assert ends[0] == ends[1]


@on_both_databases
def test_an_answer_stops_the_ladder(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))

    asked.take_in(utc("2009-10-20 09:00"))
    asked.tick_hourly(utc("2009-11-12 00:00"), utc("2009-11-16 23:00"))

    states = asked.notices("progress-report:AZE")
    assert states[-30, "baku.action-officer"][0] == "sent"
    assert {state for key, (state, _) in states.items() if key[0] > -30} == {"cancelled"}
    assert {reason for key, (_, reason) in states.items() if key[0] > -30} == {"answered"}


def test_a_refused_mailbox_is_marked_and_the_alternate_is_told_in_the_same_tick(asked: Story) -> None:
    asked.mailbox.refused.add("baku.action-officer@posts.example")

    asked.tick(utc("2009-10-16 09:00"))

    assert asked.sent_to("baku.alternate") == ["message:2010:baku.alternate:email:2009-10-16:1"]
    states = asked.notices("progress-report:AZE")
    assert states[-30, "baku.action-officer"] == ("failed", "no valid address; passed to baku.alternate")
    assert states[-30, "baku.alternate"][0] == "sent"


def test_with_no_valid_address_at_the_post_an_alarm_climbs_the_ladder(asked: Story) -> None:
    for role in ("action-officer", "alternate", "front-office"):
        asked.mailbox.refused.add(f"baku.{role}@posts.example")

    asked.tick(utc("2009-10-16 08:00"))  # noon in Baku
    asked.tick(utc("2009-10-16 14:00"))  # morning in Washington

    (alarm,) = (one for one in (asked.folder / "mails" / "eur").iterdir() if "bureau-digest" not in one.name)
    assert "nobody below you has a valid address" in alarm.read_text(encoding="utf-8")


def test_an_escalation_says_how_often_and_when_the_post_was_really_reminded(asked: Story) -> None:
    for at in ("2009-10-16 09:00", "2009-11-06 09:00", "2009-11-16 09:00", "2009-11-18 09:00"):
        asked.tick(utc(at))

    (file,) = (one for one in (asked.folder / "mails" / "baku").iterdir() if "front-office" in one.name)
    text = message_from_bytes(file.read_bytes(), policy=default).get_body().get_content()  # type: ignore[union-attr]
    assert "reminded 3 times: 16 Oct, 6 Nov, 16 Nov" in text


def test_a_server_that_is_down_loses_nothing_and_the_next_day_tells_only_the_newest_rung(asked: Story) -> None:
    asked.mailbox.stop()
    report = asked.tick(utc("2009-10-30 09:00"))  # rung -14 of posts that rest on Sunday
    assert report.delivery.outcomes["not_sent"] > 0
    assert asked.counts()["queued"] > 0

    asked.mailbox.start_again()
    asked.tick(utc("2009-11-06 09:00"))  # rung -7

    states = asked.notices("progress-report:AZE")
    assert states[-14, "baku.action-officer"][0] == "superseded"
    assert states[-7, "baku.action-officer"][0] == "sent"
    assert asked.sent_to("baku.action-officer") == ["message:2010:baku.action-officer:email:2009-11-06:1"]


def test_the_department_is_reminded_of_its_own_steps(tmp_path: Path) -> None:
    from tipcycle.operations.open_cycle import open_cycle

    with story(tmp_path) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))

        cycle.tick_hourly(utc("2009-09-03 00:00"), utc("2009-09-18 23:00"))

        assert len(cycle.sent_to("gtip.action-officer")) == 4  # -10, -5, -1, +1
        assert cycle.sent_to("eur.bureau") == ["message:2010:eur.bureau:slack:2009-09-16:1"]
        assert [key.split(":")[4] for key in cycle.sent_to("gtip.director")] == ["2009-09-11", "2009-09-17"]


def test_no_marked_text_goes_to_slack(asked: Story) -> None:
    asked.tick_hourly(utc("2009-11-16 00:00"), utc("2009-12-01 23:00"))

    texts = [path.read_text(encoding="utf-8") for path in (asked.folder / "slack").iterdir()]
    assert texts
    assert not [text for text in texts if "(SBU)" in text or "SENSITIVE" in text]
