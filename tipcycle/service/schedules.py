"""Which schedules fall due soon, and which of them has no run to show for it? With a wrong SQLAlchemy: all of them.

Prefect's scheduler writes runs up to 100 days ahead and says nothing when it cannot. Its own schedule objects say here
when each is due, so a kind of schedule that somebody adds in the UI is understood too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tipcycle.service.prefect_api import PrefectApi

_AHEAD = timedelta(days=100) - timedelta(hours=1)  # the scheduler's own horizon moves on while we look


@dataclass(frozen=True)
class DueSchedule:
    """An active schedule of a deployment that is not paused; `next_at` is within 100 days."""

    id: str
    deployment: str
    slug: str
    next_at: datetime

    def __str__(self) -> str:
        return f"{self.deployment} ({self.slug}), next due {self.next_at:%Y-%m-%d %H:%M:%SZ}"


def due_schedules(api: PrefectApi, now: datetime) -> list[DueSchedule]:
    """Every one that is due within 100 days of `now`, by deployment; those out of season are left out."""
    found = []
    for deployment in sorted(api.every("/deployments/filter", {}), key=lambda one: str(one["name"])):
        for one in deployment["schedules"] if not deployment["paused"] else ():
            next_at = next_due(one["schedule"], now) if one["active"] else None
            if next_at:
                slug = one.get("slug") or one["id"]
                found.append(DueSchedule(one["id"], deployment["name"], slug, next_at))
    return found


def without_run(api: PrefectApi, schedules: list[DueSchedule], now: datetime) -> list[DueSchedule]:
    """Those for which no run is to come; late ones of an earlier day say nothing of today's scheduler."""
    to_come = {"state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"after_": now.isoformat()}}
    waiting = {"flow_runs": to_come}
    made_by = {(run.get("created_by") or {}).get("id") for run in api.every("/flow_runs/filter", waiting)}
    return [one for one in schedules if one.id not in made_by]


def next_due(schedule: Mapping[str, Any], now: datetime) -> datetime | None:
    """The next moment of a schedule as the API gives it, in UTC; None if it lies beyond 100 days."""
    from prefect.server.schemas.schedules import SCHEDULE_TYPES
    from pydantic import TypeAdapter

    read: Any = TypeAdapter(SCHEDULE_TYPES).validate_python(dict(schedule))
    dates = asyncio.run(read.get_dates(n=1, start=now, end=now + _AHEAD))
    return datetime.fromtimestamp(dates[0].timestamp(), tz=now.tzinfo) if dates else None
