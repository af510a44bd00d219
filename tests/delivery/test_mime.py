"""A mail is written faster than the library would, and as the library would."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy, default

import pytest

from tests.delivery.test_every_channel import message
from tipcycle.delivery import mime
from tipcycle.delivery.mime import mail_bytes
from tipcycle.errors import DeliveryError
from tipcycle.model.message import Attachment, Message

SENDER = "The Office <gtip@state.example>"
BOOK = Attachment("answers 2010.xlsx", "application/vnd.ms-excel", "QUJD", "base64")
DATES = Attachment('échéances; "fin".ics', "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def a_mail(**changed: object) -> Message:
    return replace(message("email", 1, "dakar@posts.example"), **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"subject": "Due: progress report, " * 12},
        {"subject": "Due: rapport d’étape, " * 12},
        {"subject": "Due: =?utf-8?q?coded_before?="},
        {"address": '"Lee, Ann" <dakar@posts.example>'},
        {"address": "Señora Lee <dakar@posts.example>"},
        {"address": "An Officer With a Very Long Name and More Titles Than One Line Holds <dakar@posts.example>"},
        {"body": "From here on: é\n.\n" + "a long line " * 40},
        {"attachments": (BOOK, DATES)},
    ],
    ids=lambda changed: next(iter(changed), "plain"),
)
def test_it_is_byte_for_byte_what_the_library_writes(
    changed: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [mail_bytes(a_mail(**changed), sender=SENDER)]
    monkeypatch.setattr(mime, "_POLICY", EmailPolicy(linesep="\r\n"))
    written.append(mail_bytes(a_mail(**changed), sender=SENDER))
    ours, library = (_with_fixed_boundary(mail) for mail in written)
    assert ours == library


def test_a_reader_finds_every_header_and_file_again() -> None:
    sent = a_mail(subject="Rapport d’étape dû", attachments=(BOOK, DATES))
    read = message_from_bytes(mail_bytes(sent, sender=SENDER), policy=default)
    assert isinstance(read, EmailMessage)
    assert (read["Subject"], read["To"], read["X-Tipcycle-Key"]) == (sent.subject, sent.address, sent.key)
    assert [part.get_filename() for part in read.iter_attachments()] == [BOOK.name, DATES.name]


def test_a_header_of_one_long_word_keeps_it_on_its_line() -> None:
    mail = mail_bytes(a_mail(key="message:" + "k" * 90), sender=SENDER)
    assert b"X-Tipcycle-Key: message:" + b"k" * 90 + b"\r\n" in mail


@pytest.mark.parametrize("changed", [{"address": "dakar@posts.example\r\nBcc: x@y.example"}, {"position": "a\nb: c"}])
def test_a_line_break_never_begins_another_header(changed: dict[str, object]) -> None:
    with pytest.raises(DeliveryError, match="cannot be written as a mail") as refused:
        mail_bytes(a_mail(**changed), sender=SENDER)
    assert refused.value.outcome == "not_sent"


def _with_fixed_boundary(mail: bytes) -> bytes:
    boundary = message_from_bytes(mail).get_boundary()
    return mail.replace(boundary.encode(), b"boundary") if boundary else mail
