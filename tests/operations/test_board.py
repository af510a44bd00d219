"""The board that coordinators read: names, readable days, and whatever waits for a person."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, text

from tests.smoke.story import YEAR, Story, utc
from tipcycle.operations.draw_board import draw_board
from tipcycle.operations.hold import hold
from tipcycle.operations.read_status import read_status
from tipcycle.settings import settings
from tipcycle.store import Store

BAKU = [f"baku.{role}@posts.example" for role in ("action-officer", "alternate", "front-office")]


def test_posts_are_named_and_days_can_be_read(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    board = draw_board(YEAR, {}).text

    assert f"| AF | [Port Louis](/artifacts/key/proof-{YEAR}-port-louis) |" in board
    assert "| port-louis" not in board
    assert "As of the tick at Fri 16 Oct 2009 09:00 UTC." in board
    assert "| interim-release | Mon 1 Feb 2010 | Fri 29 Jan 2010 |" in board
    assert not re.search(r"\d{4}-\d{2}-\d{2}T", board)


def test_reminders_are_counted_in_days_as_the_mails_count_them(asked: Story) -> None:
    for at in ("2009-10-16 09:00", "2009-11-12 09:00", "2009-11-16 09:00", "2009-11-18 09:00"):
        asked.tick(utc(at))

    (dakar,) = (row for row in read_status(YEAR)["posts"] if row["post"] == "Dakar")

    # Two countries, and on two of the days the alternate too: still three days, and one of escalation.
    assert (dakar["asked"], dakar["reminded"], dakar["escalated"]) == (2, 3, 1)


@pytest.mark.parametrize(
    ("at", "overdue"), [("2009-11-15 23:59", 0), ("2009-11-16 00:00", 2)], ids=["the day", "after"]
)
def test_what_is_missing_is_overdue_once_its_deadline_has_passed(asked: Story, at: str, overdue: int) -> None:
    asked.tick(utc(at))

    status = read_status(YEAR)

    (dakar,) = (row for row in status["posts"] if row["post"] == "Dakar")
    assert (dakar["missing"], dakar["overdue"], dakar["late"]) == (2, overdue, 0)
    (step,) = (one for one in status["steps"] if one["step"] == "report-release")
    assert (step["missing"], step["overdue"]) == (1, 0)


def test_refused_addresses_and_messages_and_alarms_are_on_the_board(asked: Story) -> None:
    asked.mailbox.refused.update(BAKU)
    asked.tick(utc("2009-10-16 09:00"))
    asked.tick(utc("2009-10-16 14:00"))

    board = draw_board(YEAR, {}).text

    assert "**Alarm**: Baku, progress-report AZE: the notice went to eur.bureau" in board
    assert "**3 messages were refused**" in board
    assert "settle-unknown" not in board, "a reminder is passed on by itself"
    assert "**3 addresses were refused**" in board
    assert f"- {BAKU[0]} (email), since Fri 16 Oct 2009 09:00 UTC: 550 5.1.1 no such mailbox" in board


def test_a_hold_and_what_is_unknown_lead_to_their_forms(asked: Story) -> None:
    at = utc("2009-10-16 09:00")
    until = date(2009, 10, 30)
    hold(YEAR, scope="post", name="Baku", until_on=until, reason="made up", approver="gtip.director", at=at)
    asked.tick(at)
    message = "message:2010:dakar.action-officer:email:2009-10-16:1"
    with create_engine(settings().ledger_url).begin() as ledger:
        ledger.execute(text("UPDATE messages SET state = 'unknown' WHERE key = :key"), {"key": message})

    board = draw_board(YEAR, {name: f"/{name}" for name in ("lift-hold", "settle-unknown")}).text

    number = quote(quote('{"number": 1}', safe=""), safe="")
    assert "**Hold 1**: nothing is sent to baku until the end of Fri 30 Oct 2009" in board
    assert f"To end it: [lift-hold](/lift-hold?parameters={number}) or `tipcycle hold --lift 1`" in board
    assert "**1 message has an unknown outcome**" in board
    given = quote(quote(json.dumps({"message": message}), safe=""), safe="")
    assert f"[settle-unknown](/settle-unknown?parameters={given}) or `tipcycle settle {message}`" in board


def test_nobody_at_all_is_said_to_be_told_where_nobody_can_be(asked: Story) -> None:
    asked.mailbox.refused.update([*BAKU, "eur.tip@bureaus.example", "director@gtip.example"])
    with Store.begin(settings().ledger_url) as store:
        for channel in ("#tip-eur", "#tip-director"):
            store.addresses.mark("slack", channel, reason="is_archived", at=utc("2009-10-01 00:00"))
    for at in ("2009-10-16 06:00", "2009-10-16 14:00"):
        asked.tick(utc(at))

    alarms = read_status(YEAR)["alarms"]

    assert [(one["post"], one["country"], one["told"]) for one in alarms if one["state"] == "owed"] == [
        ("Baku", "AZE", None)
    ]
    assert "nobody can be told, up to the director" in draw_board(YEAR, {}).text


def test_a_board_without_trouble_names_none(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    board = draw_board(YEAR, {}).text

    assert not [word for word in ("Alarm", "refused", "unknown outcome") if word in board]
