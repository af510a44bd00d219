"""What is owed, by whom, until when, and how does it stand?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# Four ways, and they stay four. A step of the Department that was done stands as "received".
Standing = Literal["received", "nil", "waived", "missing"]


@dataclass(frozen=True)
class Obligation:
    """A step, for one country or for the whole cycle; owed by a position.

    `due_at` is 23:59:59 of `planned_on` in the owner's zone, as UTC. `original_on` is the first planned date
    and never changes; `version` counts its plans from 1. `opened_at` is when it was really asked, or None.
    """

    key: str
    report_year: int
    step: str
    post: str | None
    country: str | None
    owner: str
    planned_on: date
    original_on: date
    due_at: datetime
    version: int = 1
    opened_at: datetime | None = None
    standing: Standing = "missing"
    complete: bool | None = None
    answered_at: datetime | None = None
    reason: str = ""
    approver: str = ""

    @property
    def subject(self) -> str:
        """What the key ends in: the country, `all`, or what a duty is about."""
        return self.key.split(":", 3)[3]

    @property
    def late(self) -> bool:
        """Answered after it was due; a moment equal to `due_at` is on time."""
        return self.answered_at is not None and self.answered_at > self.due_at

    @property
    def extended(self) -> bool:
        """The post was given more time than first planned."""
        return self.planned_on > self.original_on
