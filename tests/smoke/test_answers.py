"""From a reminder's mail through its link to what the next ticks do: real SMTP, real HTTP, a fast clock."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import httpx
import pytest

from tests.databases import on_both_databases
from tests.service.intake import AZE, Intake, intake
from tests.smoke.story import Story, utc
from tipcycle.cli import main
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.verify_ledger import verify_ledger

pytestmark = on_both_databases

OFFICER = "baku.action-officer"


@pytest.fixture
def served(asked: Story) -> Iterator[Intake]:
    """The intake, told to posts under its own address; it is October 16, 30 days before the deadline."""
    with intake(asked, at=utc("2009-10-16 09:00")) as running:
        os.environ["TIPCYCLE_INTAKE_URL"] = running.url
        yield running


def tick(served: Intake, at: str) -> list[str]:
    """A tick at `at`, which is then the intake's time too; what its report tells of wrong offices."""
    served.at = utc(at)
    return list(served.cycle.tick(served.at).wrong_offices)


def newest_mail(served: Intake, position: str = OFFICER) -> str:
    """The text of the last mail to a position."""
    folder = served.cycle.folder / "mails" / position.partition(".")[0]
    files = sorted(path for path in folder.iterdir() if position in path.name)
    body = message_from_bytes(files[-1].read_bytes(), policy=default).get_body()
    assert body
    return "\n".join(body.get_content().splitlines())


def link_in(mail: str) -> str:
    (found,) = re.findall(r"^ +(http\S+/answer/[^/\s]+)$", mail, re.MULTILINE)
    return str(found)


def press(served: Intake, link: str, answer: str, **fields: str) -> httpx.Response:
    form = re.search(r'name="form" value="([^"]+)"', served.http.get(link).text)
    data = {"form": form[1] if form else "", "answer": answer} | fields
    return served.http.post(link, data=data, follow_redirects=True)


def printed(capsys: pytest.CaptureFixture[str], *words: str, exit_code: int = 0) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == exit_code
    return json.loads(capsys.readouterr().out)


def test_request_received_stops_reminders_for_a_week_and_nothing_else(
    served: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    tick(served, "2009-10-16 09:00")  # rung -30
    served.at = utc("2009-10-27 09:00")
    press(served, link_in(newest_mail(served)), "received")
    tick(served, "2009-10-30 09:00")  # rung -14, paused until 3 November

    assert served.cycle.sent_to(OFFICER) == [f"message:2010:{OFFICER}:email:2009-10-16:1"]
    (report,) = (one for one in printed(capsys, "proof", "Baku")["obligations"] if one["step"] == "progress-report")
    assert report["paused_until"] == "2009-11-03T09:00:00Z"
    (rung,) = (one for one in report["notices"] if one["rung"] == -14)
    assert rung["state"] == "owed"
    assert rung["reason"] == f"paused: {OFFICER} said on 2009-10-27T09:00:00Z that it has the request"
    assert report["answers"][0]["in_words"] == "request received"

    tick(served, "2009-11-03 09:00")  # the week is over
    assert served.cycle.sent_to(OFFICER)[-1] == f"message:2010:{OFFICER}:email:2009-11-03:1"

    press(served, link_in(newest_mail(served)), "received")
    served.at = utc("2009-11-12 09:00")
    press(served, link_in(newest_mail(served)), "will_report", report_on="2009-11-20")
    press(served, link_in(newest_mail(served)), "received")
    tick(served, "2009-11-13 09:00")  # rung -1, paused
    tick(served, "2009-11-16 09:00")  # rung +1 goes, pause or not
    tick(served, "2009-11-18 09:00")  # rung +3

    assert [key.split(":")[4] for key in served.cycle.sent_to(OFFICER)] == ["2009-10-16", "2009-11-03", "2009-11-16"]
    escalation = newest_mail(served, "baku.front-office")
    assert "reminded 3 times: 16 Oct, 3 Nov, 16 Nov" in escalation
    assert "will report by Fri 20 Nov 2009 (on 12 Nov)" in escalation
    assert served.cycle.notices("progress-report:AZE")[-1, OFFICER][0] == "superseded"
    assert verify_ledger() == []


def test_looking_at_every_link_of_every_mail_changes_nothing(served: Intake) -> None:
    tick(served, "2009-10-16 09:00")
    before = served.cycle.counts()

    mails = [
        message_from_bytes(path.read_bytes(), policy=default) for path in (served.cycle.folder / "mails").rglob("*.eml")
    ]
    links = [
        link
        for mail in mails
        for link in re.findall(r"http\S+/answer/\S+", str(mail.get_body().get_content()))  # type: ignore[union-attr]
    ]
    codes = {served.http.get(link).status_code for link in links[:100]}

    assert len(links) >= 20
    assert len(set(links)) == len(links)
    assert codes == {200}
    assert served.cycle.counts() == before


def test_nothing_to_report_ends_the_ladder(served: Intake) -> None:
    tick(served, "2009-10-16 09:00")

    page = press(served, link_in(newest_mail(served)), "nothing_to_report")
    for at in ("2009-11-06 09:00", "2009-11-13 09:00", "2009-11-16 09:00", "2009-11-18 09:00"):
        tick(served, at)

    assert "was attested" in page.text
    assert len(served.cycle.sent_to(OFFICER)) == 1
    assert served.cycle.sent_to("baku.front-office") == []
    states = served.cycle.notices("progress-report:AZE")
    assert {state for key, (state, _) in states.items() if key[0] > -30} == {"cancelled"}


def test_a_wrong_office_is_told_in_every_tick_until_somebody_saw_to_it(
    served: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tick(served, "2009-10-16 09:00") == []
    press(served, link_in(newest_mail(served)), "wrong_office", note="ask the \x1b[31mconsul")

    (told,) = tick(served, "2009-10-16 10:00")
    assert told.startswith(f"{AZE}: {OFFICER} says that it is the wrong office; see to answer:")
    assert "consul" not in told
    (waiting,) = printed(capsys, "status")["wrong_offices"]
    assert waiting["note"] == "ask the [31mconsul"
    assert printed(capsys, "tick", "--at", "2009-10-16T11:00:00Z", exit_code=1)["problems"] == [told]

    settled = ["settle", waiting["answer"], "--as", "seen-to", "--by", "gtip.action-officer"]
    assert main([*settled, "--at", "2009-10-16T12:00:00Z"]) == 0
    assert main([*settled, "--at", "2009-10-16T12:00:00Z"]) == 1
    assert "saw to it already" in capsys.readouterr().err
    assert tick(served, "2009-10-16 13:00") == []
    assert served.cycle.notices("progress-report:AZE")[-14, OFFICER][0] == "owed", "it marks nothing else"

    press(served, link_in(newest_mail(served)), "wrong_office", note="ask the \x1b[31mconsul")
    assert len(tick(served, "2009-10-16 14:00")) == 1, "said again after it was seen to, it is told again"


def test_an_extension_that_is_asked_for_stands_in_the_status_with_its_command(
    served: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    tick(served, "2009-10-16 09:00")
    press(served, link_in(newest_mail(served)), "extension", report_on="2009-11-27", note="the ministry is away")

    (asked,) = printed(capsys, "status")["extensions_asked"]
    assert (asked["obligation"], asked["to"], asked["note"]) == (AZE, "2009-11-27", "the ministry is away")
    assert asked["command"] == (
        "tipcycle change-deadline --report-year 2010 --step progress-report --country AZE --to 2009-11-27 "
        f'--reason "asked for by {OFFICER}" --by gtip.director'
    )
    assert main(["status"]) == 0
    assert "extension asked: obligation:2010:progress-report:AZE to 2009-11-27" in capsys.readouterr().out

    change_deadline(
        2010,
        step="progress-report",
        country="AZE",
        planned_on=utc("2009-11-27 00:00").date(),
        reason_class="post asked",
        reason="the ministry is away",
        approver="gtip.director",
        at=utc("2009-10-19 12:00"),
        preview=False,
    )
    assert printed(capsys, "status")["extensions_asked"] == []


def test_without_an_address_from_outside_mails_carry_no_link(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    (file,) = (asked.folder / "mails" / "baku").iterdir()
    assert b"/answer/" not in file.read_bytes()
