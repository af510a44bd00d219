"""Drafts and what is decided upon them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.by_hand import task_by_hand
from tipcycle.model.clearance import Decision
from tipcycle.model.document import DocumentKind
from tipcycle.operations.clear_documents import ClearanceReport, clear_documents
from tipcycle.operations.request_drafts import write_drafts


@task(name="write-drafts", cache_policy=NO_CACHE, timeout_seconds=600, retries=1)
async def write_request_drafts(report_year: int) -> int:
    """Write the drafts that clearers read; writing them again is harmless."""
    return write_drafts(report_year)


@task_by_hand(name="record-decision", timeout_seconds=120)
async def decide_documents(
    report_year: int,
    *,
    document: DocumentKind,
    decision: Decision,
    position: str,
    acting: str,
    countries: Sequence[str],
    excluding: Sequence[str],
    note: str,
    at: datetime,
    preview: bool,
    code: str,
) -> ClearanceReport:
    """Record one decision upon these documents, or show it."""
    return clear_documents(
        report_year,
        document=document,
        decision=decision,
        position=position,
        acting=acting,
        countries=countries,
        excluding=excluding,
        note=note,
        at=at,
        preview=preview,
        code=code,
    )
