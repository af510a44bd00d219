"""Telling the action office that something stopped working."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.by_hand import task_by_hand
from tipcycle.operations import tell_coordinator as operation
from tipcycle.operations.deliver import DeliveryReport, deliver
from tipcycle.operations.tell_coordinator import Alarm


@task_by_hand(name="seal-alarm", timeout_seconds=60)
async def seal_alarm(flow: str, *, run: str, told: str, at: datetime) -> Alarm:
    """Write the mail, unless the office was told today."""
    return operation.seal_alarm(flow, run=run, told=told, at=at)


@task(name="deliver-alarm", cache_policy=NO_CACHE, timeout_seconds=300)
async def deliver_alarm(key: str, at: datetime) -> DeliveryReport:
    """Send it now: it may be the tick that does not work."""
    return await deliver([key], at)
