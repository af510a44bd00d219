"""A message that may have arrived is repeated by rule only for as long as it tells the truth."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.errors import StoreError
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.read_status import read_status
from tipcycle.operations.settle_unknown import preview_settling, settle_unknown
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.settings import settings
from tipcycle.store import Store

FIRST = "message:2010:gtip.action-officer:email:2009-09-04:1"


class HangingUp(Mailbox):
    """Keeps a mail and hangs up without an answer, for as long as `hangs_up`."""

    hangs_up = True

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.hangs_up and server.transport:
            server.transport.close()
        return answer


def _notice(days: int) -> tuple[str, str]:
    with Store.read(settings().ledger_url) as store:
        found = store.notices.of_obligations([f"obligation:{YEAR}:special-watch-list:all"])
    return next((one.state, one.reason) for one in found if one.days == days and one.version == 1)


def test_a_statutory_message_is_not_repeated_after_its_step_was_done(tmp_path: Path) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick(utc("2009-09-04 14:00"))
        assert _notice(-10)[0] == "unknown"
        mailbox.hangs_up = False
        open_cycle(YEAR, utc("2009-09-14 12:00"))  # the list is recorded: the step is done

        cycle.tick(utc("2009-09-14 14:00"))

        assert mailbox.accepted[FIRST] == 1, "the one that may have arrived, and no repeat"
        assert _notice(-10) == ("cancelled", "answered; whether it had arrived is unknown")
        assert FIRST not in {one["message"] for one in read_status(YEAR)["unknown_messages"]}


def test_it_is_repeated_while_its_step_is_owed(tmp_path: Path) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick(utc("2009-09-04 14:00"))
        mailbox.hangs_up = False

        cycle.tick(utc("2009-09-05 14:00"))  # a Saturday: a repeat by rule keeps to no day

        assert mailbox.accepted[FIRST] == 2
        assert _notice(-10)[0] == "sent"


def test_an_outage_uses_up_none_of_its_repeats(tmp_path: Path) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        cycle.tick(utc("2009-09-04 14:00"))
        mailbox.stop()
        cycle.tick_hourly(utc("2009-09-04 15:00"), utc("2009-09-04 22:00"))
        mailbox.hangs_up = False
        mailbox.start_again()

        cycle.tick(utc("2009-09-04 23:00"))

        assert mailbox.accepted[FIRST] == 2
        assert _notice(-10)[0] == "sent"


def test_an_outage_before_the_first_try_uses_up_none_of_its_repeats_either(tmp_path: Path) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        mailbox.stop()
        cycle.tick_hourly(utc("2009-09-04 13:00"), utc("2009-09-04 18:00"))
        mailbox.start_again()
        cycle.tick(utc("2009-09-04 19:00"))
        mailbox.hangs_up = False

        cycle.tick(utc("2009-09-04 20:00"))

        assert mailbox.accepted[FIRST] == 2


@pytest.mark.parametrize("at", [pytest.param("10:00", id="the same day"), pytest.param("17:00", id="in the evening")])
def test_a_message_that_is_settled_to_go_again_does_not_tell_what_was_answered_meanwhile(
    tmp_path: Path, asked_ledger: Path, at: str
) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox, ledger=asked_ledger) as cycle:
        cycle.tick(utc("2009-10-16 06:00"))
        key = "message:2010:baku.action-officer:email:2009-10-16:1"
        mailbox.hangs_up = False
        waive_obligation(
            YEAR,
            step="progress-report",
            country="AZE",
            reason="evacuated",
            approver="gtip.director",
            at=utc("2009-10-16 08:00"),
        )

        settle_unknown(key, as_="send-again", actor="gtip.action-officer", at=utc("2009-10-16 09:00"))
        cycle.tick(utc(f"2009-10-16 {at}"))

        assert mailbox.accepted[key] == 1
        assert _baku(cycle)[-30, "baku.action-officer"] == ("cancelled", "waived")


def test_a_message_that_is_settled_to_go_again_tells_no_superseded_date(tmp_path: Path, asked_ledger: Path) -> None:
    from tipcycle.operations.change_deadline import change_deadline

    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox, ledger=asked_ledger) as cycle:
        cycle.tick(utc("2009-10-16 06:00"))
        key = "message:2010:baku.action-officer:email:2009-10-16:1"
        mailbox.hangs_up = False
        change_deadline(
            YEAR,
            step="progress-report",
            country="AZE",
            planned_on=date(2009, 11, 27),
            reason_class="post asked",
            reason="asked for time",
            approver="gtip.director",
            at=utc("2009-10-16 08:00"),
            preview=False,
        )

        settle_unknown(key, as_="send-again", actor="gtip.action-officer", at=utc("2009-10-16 09:00"))
        cycle.tick(utc("2009-10-16 10:00"))

        assert mailbox.accepted[key] == 1


def test_what_settling_would_do_is_shown_first_and_nothing_of_it_is_done(tmp_path: Path, asked_ledger: Path) -> None:
    mailbox = HangingUp(tmp_path / "mails")
    with story(tmp_path, mailbox=mailbox, ledger=asked_ledger) as cycle:
        cycle.tick(utc("2009-10-16 06:00"))
        key = "message:2010:baku.action-officer:email:2009-10-16:1"
        before = _everything(cycle)
        at = utc("2009-10-16 09:00")

        lines = preview_settling(key, as_="was-sent", actor="gtip.action-officer", at=at)
        again = preview_settling(key, as_="send-again", actor="gtip.action-officer", at=at)
        with pytest.raises(StoreError, match="no such message"):
            preview_settling("message:2010:nobody", as_="was-sent", actor="gtip.action-officer", at=at)

        assert lines[0].startswith(f"{key}: unknown, ")
        assert lines[1].startswith("  to baku.action-officer (baku.action-officer@posts.example, email): ")
        assert lines[-1] == (
            "would be settled by gtip.action-officer as was-sent: it would count as accepted, 1 notice with it, "
            "and never go again"
        )
        assert again[-1].endswith("if it did arrive, it arrives twice")
        assert _everything(cycle) == before


def _everything(cycle: Story) -> list[str]:
    with contextlib.closing(sqlite3.connect(cycle.folder / "tipcycle.sqlite3")) as ledger:
        return list(ledger.iterdump())


def _baku(cycle: Story) -> dict[tuple[int, str], tuple[str, str]]:
    return cycle.notices("progress-report:AZE")
