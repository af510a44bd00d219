"""When exactly is a planned day over? At 23:59:59 on the owner's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")


def due_at(planned_on: date, zone: ZoneInfo) -> datetime:
    """The last second of `planned_on` in `zone`, as UTC: Baku 2009-11-15 → 2009-11-15T19:59:59Z.

    Source: 09 STATE 97909 para 4 ("by no later than November 15, 2009").
    """
    return datetime.combine(planned_on, time(23, 59, 59), zone).astimezone(UTC)
