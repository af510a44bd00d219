"""Comparing what had to happen with the ledger, showing it, and leaving a sign of life."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.pages import publish_page
from tipcycle.operations.beat import beat
from tipcycle.operations.watchman import Watched
from tipcycle.operations.watchman import watchman as compare
from tipcycle.rendering.watch_page import render_watch


@task(name="compare-with-ledger", cache_policy=NO_CACHE, timeout_seconds=600)
async def compare_with_ledger(report_year: int, at: datetime) -> Watched:
    """Reckon everything anew and compare; nothing is written."""
    return compare(report_year, at)


@task(name="show-watch", cache_policy=NO_CACHE, timeout_seconds=60, retries=2, retry_delay_seconds=10)
async def show_watch(seen: Watched) -> None:
    """Publish the line and the differences."""
    await publish_page(render_watch(seen.report_year, seen.watch), key=f"watchman-{seen.report_year}")


@task(name="leave-sign-of-life", cache_policy=NO_CACHE, timeout_seconds=120)
async def leave_sign_of_life(seen: Watched) -> str:
    """Write the heartbeat and tell the monitor; why it did not hear, or an empty text."""
    return await beat(seen)
