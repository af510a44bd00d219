"""Sending action requests, a task a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tipcycle.operations.deliver import DeliveryReport
from tipcycle.operations.keep_papers import keep_papers as keep
from tipcycle.operations.send_action_requests import OwedRequests
from tipcycle.operations.send_action_requests import owed_requests as owed
from tipcycle.operations.send_action_requests import send_action_requests as send


@task(name="owed-requests", cache_policy=NO_CACHE, timeout_seconds=60)
async def owed_requests(report_year: int, at: datetime) -> OwedRequests:
    """Which requests are owed, by post."""
    return owed(report_year, at)


@task(name="send-requests", task_run_name="request {post}", cache_policy=NO_CACHE, timeout_seconds=300)
async def send_requests(report_year: int, post: str, countries: tuple[str, ...], at: datetime) -> DeliveryReport:
    """Send one post the requests of its countries; the next run repeats what did not go out."""
    return await send(report_year, countries, at)


@task(name="keep-papers", cache_policy=NO_CACHE, timeout_seconds=600, retries=1)
async def keep_papers(report_year: int, countries: Sequence[str]) -> int:
    """Keep the cables and papers of a batch; keeping them again changes nothing."""
    return keep(report_year, countries)
