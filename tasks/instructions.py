"""Sending the reporting instructions, a task a post."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tipcycle.operations.deliver import DeliveryReport
from tipcycle.operations.request_annual_submissions import OwedInstructions
from tipcycle.operations.request_annual_submissions import owed_instructions as owed
from tipcycle.operations.request_annual_submissions import request_annual_submissions as send


@task(name="owed-instructions", cache_policy=NO_CACHE, timeout_seconds=60)
async def owed_instructions(report_year: int, at: datetime) -> OwedInstructions:
    """Which instructions are owed, in batches of posts."""
    return owed(report_year, at)


@task(name="send-instructions", task_run_name="instruct {batch}", cache_policy=NO_CACHE, timeout_seconds=300)
async def send_instructions(report_year: int, batch: str, posts: tuple[str, ...], at: datetime) -> DeliveryReport:
    """Send the instructions to the posts of a batch; the next run repeats what did not go out."""
    return await send(report_year, posts, at)
