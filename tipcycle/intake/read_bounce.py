"""Does a mail say that one of ours came back, whose, and for good? Source: RFC 3464 (reports), RFC 3463 (codes).

Only a message's own identifier is believed, never its subject or text: anybody can write to the folder of bounces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

LARGEST = 2_000_000  # bytes
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Bounce:
    """Our message came back: its Message-ID, to whom it had gone, the status code, and whether that is for good."""

    message_id: str
    recipient: str
    status: str
    for_good: bool


def read_bounce(path: Path) -> Bounce | str:
    """The bounce, or why the file is none that can be used."""
    if path.stat().st_size > LARGEST:
        return f"larger than {LARGEST:,} bytes"
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not isinstance(mail, EmailMessage) or mail.get_content_type() != "multipart/report":
        return "no delivery status report (multipart/report)"
    status = _status_fields(mail)
    if status is None:
        return "a report without a part message/delivery-status"
    message_id = _returned_id(mail)
    if message_id is None:
        return "the report does not say which message came back"
    code = status.get("status", "")
    if not _STATUS.fullmatch(code):
        return f"no status code that is known: {code[:40]!r}"
    recipient = status.get("final-recipient", "").partition(";")[2].strip()
    return Bounce(message_id, recipient, code, status.get("action", "").lower() == "failed" and code.startswith("5"))


def _status_fields(mail: EmailMessage) -> dict[str, str] | None:
    """The fields of the first recipient, by lower-case name."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            fields: dict[str, str] = {}
            for group in part.get_payload() if part.is_multipart() else ():
                if isinstance(group, EmailMessage):
                    fields |= {name.lower(): str(value).strip() for name, value in group.items()}
            return fields
    return None


def _returned_id(mail: EmailMessage) -> str | None:
    """The Message-ID of the mail that came back, from its returned headers or the mail itself."""
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            payload = part.get_payload()
            returned = (
                payload[0]
                if isinstance(payload, list)
                else message_from_bytes(str(payload).encode(), policy=policy.default)
            )
            if isinstance(returned, EmailMessage) and returned["Message-ID"]:
                return str(returned["Message-ID"]).strip()
    return None
