"""The workbook comes with the reminder, by link or attached, and what is filled into it is taken back."""

from __future__ import annotations

import asyncio
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.service.intake import AZE, ON_TIME, intake
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.intake.read_workbook import read_workbook
from tipcycle.operations.send_action_requests import send_action_requests
from tipcycle.settings import settings
from tipcycle.store import Store


def mail_to_baku(cycle: Story) -> EmailMessage:
    """The last reminder that went to the action officer at Baku."""
    found = sorted((cycle.folder / "mails" / "baku").glob("*action-officer_email*"))
    mail = BytesParser(policy=policy.default).parsebytes(found[-1].read_bytes())
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


def test_a_reminder_links_to_the_workbook_and_fetching_it_changes_nothing(asked: Story) -> None:
    with intake(asked, at=ON_TIME) as served:
        import os

        os.environ["TIPCYCLE_INTAKE_URL"] = served.url
        asked.tick(utc("2009-11-09 06:00"))
        before = asked.counts()
        (link,) = re.findall(r"http://\S+/workbook", text_of(mail_to_baku(asked)))

        fetched = served.http.get(link.removeprefix(served.url))

        assert fetched.status_code == 200
        assert 'filename="AZE-progress-report-2010.xlsx"' in fetched.headers["content-disposition"]
        assert openpyxl.load_workbook(BytesIO(fetched.content)).sheetnames
        assert asked.counts() == before


def test_a_forged_link_fetches_nothing(asked: Story) -> None:
    with intake(asked) as served:
        token = served.token(AZE, purpose="answer", position="baku.action-officer")

        assert served.http.get(f"/answer/{token}/workbook").status_code == 200
        assert served.http.get(f"/answer/{token[:-2]}xx/workbook").status_code == 404


def test_by_setting_the_workbook_is_attached_and_signed(asked: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_WORKBOOK", "attachment")

    asked.tick(utc("2009-11-09 06:00"))

    books = [one for one in mail_to_baku(asked).iter_attachments() if (one.get_filename() or "").endswith(".xlsx")]
    assert [book.get_filename() for book in books] == ["AZE-progress-report-2010.xlsx"]
    content = books[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    ours, another = (read_workbook(content, key=key) for key in (settings().signing_secret, b"another key"))
    assert {finding.code for finding in ours.findings} == {"file.field"}, "only what the post has to fill in is missing"
    assert {finding.code for finding in another.findings} != {"file.field"}


def test_the_departments_own_reminders_bring_no_workbook(asked: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_WORKBOOK", "attachment")

    asked.tick(utc("2009-12-04 15:00"))

    for path in (asked.folder / "mails" / "gtip").iterdir():
        assert ".xlsx" not in path.read_text(encoding="utf-8", errors="replace")


def test_a_mail_brings_both_workbooks_once_the_request_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_clear()
        monkeypatch.setenv("TIPCYCLE_WORKBOOK", "attachment")
        at = utc("2009-09-21 14:00")
        asyncio.run(send_action_requests(YEAR, ("AZE",), at))
        asyncio.run(send_action_requests(YEAR, ("AZE",), at))
        cycle.tick(utc("2009-09-22 06:00"))

        (path,) = (tmp_path / "mails" / "baku").glob("*forms_AZE*")
        mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())

    assert isinstance(mail, EmailMessage)
    assert {one.get_filename() for one in mail.iter_attachments()} == {
        "how-to-answer.txt",
        "AZE-demarche-2010.xlsx",
        "AZE-progress-report-2010.xlsx",
    }
    assert "due Sun 15 Nov 2009 23:59 (UTC+4)" in text_of(mail)


def test_without_link_or_attachment_no_such_mail_is_written(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_clear()
        asyncio.run(send_action_requests(YEAR, ("AZE",), utc("2009-09-21 14:00")))
        with Store.read(settings().ledger_url) as store:
            assert store.messages.find(f"message:{YEAR}:forms:AZE") is None
