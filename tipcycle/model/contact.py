"""Who fills a position, from when to when? A dated address, or a position that stands in for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.model.position import Channel


@dataclass(frozen=True)
class Contact:
    """From `from_on` to `until_on` (both inclusive, None: until changed) in the position's own time zone.

    Either `address` on `channel` is the position's, or `delegate` gets what the position would get on every channel.
    `number` counts the ledger's contacts from 1; of two that are in force the later recorded one governs.
    """

    number: int
    position: str
    channel: Channel | None
    address: str
    delegate: str
    from_on: date
    until_on: date | None
    reason: str
    approver: str
    recorded_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
