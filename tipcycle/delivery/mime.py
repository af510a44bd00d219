"""How does a message look as Internet mail (RFC 5322)? The same bytes for the outbox and for SMTP."""

from __future__ import annotations

from base64 import b64decode
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from typing import Any

from tipcycle.errors import DeliveryError
from tipcycle.model.message import Message


class _Plain(EmailPolicy):
    """Headers in ASCII are kept as they are, and a header of one word stays on its line.

    The library would read each header by RFC 5322's grammar as it is set, and again at each look: more work than
    sending the mail. Folded before its only word, a header's first line would be empty, which some servers refuse.
    """

    def header_max_count(self, name: str) -> int | None:
        """How often a header may stand; asked of the library once a name."""
        return _max_count(name)

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """As it is where that is a line of ASCII; else by the library, which codes words and refuses a line break."""
        if type(value) is str and value.isascii() and value.isprintable() and "=?" not in value:
            return name, value
        return super().header_store_parse(name, value)

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """What was stored."""
        return value

    def fold_binary(self, name: str, value: Any) -> bytes:
        """As RFC 5322 2.2.3 has it, a fold is made only where there is more than one word."""
        text = str(value)
        if text.isascii() and not text.split()[1:]:
            return f"{name}: {text}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


@cache
def _max_count(name: str) -> int | None:
    return EmailPolicy().header_max_count(name)


_POLICY = _Plain(linesep="\r\n")


def mail_bytes(message: Message, *, sender: str) -> bytes:
    """The mail as it goes over the line; raises `DeliveryError` where it cannot be written: it was not sent."""
    try:
        return as_mail(message, sender=sender).as_bytes()
    except ValueError as error:  # a line break in a header would begin another header; half a letter has no bytes
        raise DeliveryError(f"cannot be written as a mail: {type(error).__name__}", outcome="not_sent") from error


def as_mail(message: Message, *, sender: str) -> EmailMessage:
    """The mail; its Message-ID and date are the sealed ones, so a repeat is the same mail."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = message.address
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(message.sealed_at)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Tipcycle-Key"] = message.key
    mail["X-Tipcycle-Position"] = message.position
    mail.set_content(message.body)
    for attachment in message.attachments:
        maintype, subtype = attachment.content_type.split("/")
        if maintype == "text":
            mail.add_attachment(attachment.text, subtype=subtype, filename=attachment.name)
        else:
            content = b64decode(attachment.text) if attachment.encoding == "base64" else attachment.text.encode()
            mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=attachment.name)
    return mail
