"""What really goes out: one digest of notices (or one cable) to one recipient on one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tipcycle.errors import Outcome
from tipcycle.model.position import Channel

MessageState = Literal["sealed", "sending", "accepted", "refused", "unknown", "withdrawn"]


@dataclass(frozen=True)
class Attachment:
    """A named file that travels with a message; `text` is its content, in base64 where `encoding` says so."""

    name: str
    content_type: str
    text: str
    encoding: Literal["text", "base64"] = "text"


@dataclass(frozen=True)
class Message:
    """Sealed: text, address and notices do not change any more. `message_id` stays over every repeat.

    `n` counts a position's digests of one channel and local day from 1; it is 0 for a message that is no digest.
    `obligation` is what the receiver's acceptance fulfils (an action request), else None.
    """

    key: str
    report_year: int
    position: str
    channel: Channel
    address: str
    local_on: date
    n: int
    subject: str
    body: str
    sealed_at: datetime
    message_id: str
    statutory: bool = False
    obligation: str | None = None
    attachments: tuple[Attachment, ...] = ()
    state: MessageState = "sealed"
    reason: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class WaitingDigest:
    """Of a digest that is not out yet, what decides whether it still may go; its text can stay where it is."""

    key: str
    report_year: int
    position: str
    local_on: date
    sealed_at: datetime
    state: MessageState


@dataclass(frozen=True)
class Receipt:
    """What a receiver said to one message: `detail` is its own word, or the fault."""

    key: str
    outcome: Literal["accepted"] | Outcome
    detail: str
