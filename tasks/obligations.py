"""What people decide about single obligations: waive them, or give them another day."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from prefect import task
from prefect.cache_policies import NO_CACHE

from tipcycle.operations.waive_obligation import waive_obligation as waive

PostStep = Literal["demarche", "progress-report", "annual-submission"]


@task(name="waive-obligation", cache_policy=NO_CACHE, timeout_seconds=60)
async def waive_obligation(
    report_year: int, *, step: PostStep, country: str, reason: str, approver: str, at: datetime
) -> str:
    """Say that an obligation is not required."""
    return waive(report_year, step=step, country=country, reason=reason, approver=approver, at=at)
