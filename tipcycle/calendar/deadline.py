"""When exactly is a planned day over? At 23:59:59 on the owner's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")


def due_at(planned_on: date, zone: ZoneInfo) -> datetime:
    """The last second of `planned_on` in `zone`, as UTC: Baku 2009-11-15 → 2009-11-15T19:59:59Z.

    Where clocks are put back at midnight the last hour comes twice, and the second one counts. A day that a zone
    left out (Apia, 30 December 2011) is over with the day after it.

    Source: 09 STATE 97909 para 4 ("by no later than November 15, 2009").
    """
    last = datetime.combine(planned_on, time(23, 59, 59), zone)
    return max(last.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
