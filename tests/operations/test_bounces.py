"""A mail that came back marks its address, and the next tick tells the alternate; anything else changes nothing."""

from __future__ import annotations

import pytest

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.operations.take_bounces import TakenBounce, bounces_to_take, take_bounces
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = on_both_databases

SENT_AT, BACK_AT = utc("2009-10-16 06:00"), utc("2009-10-16 06:30")
KEY = "message:2010:baku.action-officer:email:2009-10-16:1"


def came_back(message_id: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery status report as a mail server writes it."""
    return f"""\
From: MAILER-DAEMON@mail.example
To: tipcycle@gtip.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Fri, 16 Oct 2009 06:00:00 +0000

Final-Recipient: rfc822; baku.action-officer@posts.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--part
Content-Type: message/rfc822

From: tipcycle@gtip.example
Message-ID: {message_id}
Subject: Due: progress report

...
--part--
""".encode()


def drop(content: bytes, name: str = "bounce.eml") -> None:
    settings().bounces.mkdir(parents=True, exist_ok=True)
    (settings().bounces / name).write_bytes(content)


def take(at: str = "2009-10-16 06:30") -> list[TakenBounce]:
    return take_bounces(bounces_to_take(), utc(at))


def message_id() -> str:
    with Store.read(settings().ledger_url) as store:
        message = store.messages.find(KEY)
    assert message is not None
    return message.message_id


def test_a_mail_that_came_back_marks_the_address_and_the_next_tick_tells_the_alternate(asked: Story) -> None:
    asked.tick(SENT_AT)
    drop(came_back(message_id()))

    (taken,) = take()
    asked.tick(utc("2009-10-16 07:00"))

    assert taken.line == f"bounce.eml: {KEY} came back (5.1.1)"
    states = asked.notices("progress-report:AZE")
    assert states[-30, "baku.action-officer"] == ("sent", "accepted")
    assert states[-30, "baku.alternate"][0] == "sent"
    with Store.read(settings().ledger_url) as store:
        assert ("email", "baku.action-officer@posts.example") in store.addresses.refused()
        assert list(store.acts.breaks()) == []


def test_the_same_report_twice_changes_nothing_more(asked: Story) -> None:
    asked.tick(SENT_AT)
    drop(came_back(message_id()))
    take()
    drop(came_back(message_id()), "again.eml")
    take()

    asked.tick(utc("2009-10-16 07:00"))

    alternates = [key for key in asked.notices("progress-report:AZE") if key == (-30, "baku.alternate")]
    assert len(alternates) == 1


def test_what_was_answered_meanwhile_is_told_to_nobody(asked: Story) -> None:
    asked.tick(SENT_AT)
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(BACK_AT)
    drop(came_back(message_id()))

    take()

    assert (-30, "baku.alternate") not in asked.notices("progress-report:AZE")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "no delivery status report", id="empty"),
        pytest.param(b"\x00\xff" * 100, "no delivery status report", id="binary"),
        pytest.param(b"Subject: out of office\n\nBack on Monday.", "no delivery status report", id="out of office"),
        pytest.param(came_back("<somebody.else@elsewhere.example>"), "no message of ours", id="not ours"),
        pytest.param(came_back("<x>", status="five"), "no status code", id="no code"),
    ],
)
def test_what_is_no_bounce_of_ours_is_kept_aside_with_its_reason(asked: Story, content: bytes, told: str) -> None:
    drop(content)

    (taken,) = take()

    assert not taken.marked
    assert told in taken.line
    assert (settings().bounces / "not-used" / "bounce.eml").read_bytes() == content
    with Store.read(settings().ledger_url) as store:
        assert store.addresses.refused() == frozenset()


@pytest.mark.parametrize(("status", "action"), [("4.4.7", "delayed"), ("4.2.2", "failed"), ("5.1.1", "relayed")])
def test_a_delay_marks_nobody(asked: Story, status: str, action: str) -> None:
    asked.tick(SENT_AT)
    drop(came_back(message_id(), status=status, action=action))

    (taken,) = take()

    assert "only delayed" in taken.line
    with Store.read(settings().ledger_url) as store:
        assert store.addresses.refused() == frozenset()


def test_a_roll_call_that_came_back_goes_to_the_next_one_up(asked: Story) -> None:
    from tests.smoke.story import story
    from tipcycle.operations.open_cycle import open_cycle

    with story(asked.folder / "roll") as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick(utc("2009-09-01 06:00"))
        drop(came_back("<message.2010.roll-call.baku@tipcycle.example>"))
        take("2009-09-01 06:30")
        cycle.tick(utc("2009-09-01 07:00"))

        assert cycle.mailbox.accepted["message:2010:roll-call:baku+baku.alternate"] == 1
