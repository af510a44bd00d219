"""Who said yes or no to a document, to which text of it, and who answers for going on without a yes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# `commented` is "cleared with comments": it clears, and its note is kept. `retracted` takes back a clearance.
Decision = Literal["cleared", "commented", "returned", "retracted"]


@dataclass(frozen=True)
class Clearance:
    """One decision on a document; `number` counts its decisions from 1, `content_hash` is the text decided upon.

    `position` is the seat in whose name it was decided; `acting` is the position that did so in its place, or "".
    """

    document: str
    number: int
    report_year: int
    country: str
    decision: Decision
    position: str
    note: str
    content_hash: str
    decided_at: datetime
    acting: str = ""


@dataclass(frozen=True)
class Override:
    """A person's decision to release one text of a document without the concurrence of one position.

    `asked_at` is when the first message that asked that position was accepted, `reminded` are the later days on which
    another was; silence itself approves nothing.
    """

    document: str
    number: int
    report_year: int
    without: str
    approver: str
    reason: str
    content_hash: str
    asked_at: datetime | None
    reminded: tuple[str, ...]
    decided_at: datetime


@dataclass(frozen=True)
class ClearanceRound:
    """Documents that one position was asked at one moment to clear; `obligation` is what it owes for it.

    `content_hash` is the text that it was asked about.
    """

    obligation: str
    document: str
    report_year: int
    position: str
    asked_at: datetime
    content_hash: str
