"""The workbook comes with the reminder, by link or attached, and what is filled into it is taken back."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO

import openpyxl
import pytest

from tests.service.intake import AZE, ON_TIME, intake
from tests.smoke.story import Story, utc
from tipcycle.intake.read_workbook import read_workbook
from tipcycle.settings import settings


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
