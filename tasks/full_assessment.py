"""Drafting the full assessment."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tipcycle.operations import assemble_full_assessment as operation
from tipcycle.operations.assemble_interim_assessment import OwedChapters, WrittenChapters


@task(name="owed-full-chapters", cache_policy=NO_CACHE, timeout_seconds=60)
async def owed_full_chapters(report_year: int, at: datetime) -> OwedChapters:
    """Which chapters are owed."""
    return operation.owed_full_chapters(report_year, at)


@task(name="write-full-chapters", cache_policy=NO_CACHE, timeout_seconds=600, retries=1)
async def write_full_chapters(report_year: int, countries: tuple[str, ...], at: datetime) -> WrittenChapters:
    """Write a batch of chapters; writing them again is harmless."""
    return operation.write_full_chapters(report_year, countries, at)


@task(name="record-full-draft", cache_policy=NO_CACHE, timeout_seconds=60)
async def record_full_draft(report_year: int, at: datetime) -> None:
    """Let the draft stand as made."""
    operation.record_full_draft(report_year, at)
