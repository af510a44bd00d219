"""How does a mail about one event read as a sealed message? Receipts, refusals, deadlines, roll calls, forms."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.message import Attachment, Message
from tipcycle.model.position import Position
from tipcycle.operations.context import Context


def event_mail(
    cycle: Context, key: str, position: Position, text: str, *, at: datetime, attachments: tuple[Attachment, ...] = ()
) -> Message:
    """The sealed mail to a position; it goes out with the next tick's deliveries, beside its digest.

    `text` is a filled template: the subject, an empty line, the body.
    """
    subject, _, body = text.partition("\n\n")
    return Message(
        key=key,
        report_year=cycle.config.report_year,
        position=position.id,
        channel="email",
        address=position.address("email") or "",
        local_on=cycle.places.of(position).local_date(at),
        n=0,
        subject=subject.strip(),
        body=body,
        sealed_at=at,
        message_id=message_id(key),
        attachments=attachments,
    )


def message_id(key: str) -> str:
    """`<message.2010.receipt.…@tipcycle.example>`: the Message-ID of a message, the same over every repeat."""
    return f"<{key.replace(':', '.')}@tipcycle.example>"
