"""Releases of compiled assessments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tasks.by_hand import task_by_hand
from tipcycle.model.document import ReleaseNature
from tipcycle.operations import release_document as releasing
from tipcycle.operations import retract_release as retracting
from tipcycle.operations.release_document import ReleaseReport


@task_by_hand(name="release", timeout_seconds=1800)
async def release(
    report_year: int,
    *,
    document: str,
    position: str,
    nature: ReleaseNature,
    without: Sequence[str],
    reason: str,
    at: datetime,
    preview: bool,
    code: str,
) -> ReleaseReport:
    """Release it, sign for the silent, or show what would be done."""
    return releasing.release_document(
        report_year,
        document=document,
        position=position,
        nature=nature,
        without=without,
        reason=reason,
        at=at,
        preview=preview,
        code=code,
    )


@task_by_hand(name="retract", timeout_seconds=120)
async def retract(report_year: int, *, document: str, position: str, reason: str, at: datetime) -> str:
    """Let it wait for that position again."""
    return retracting.retract_release(report_year, document=document, position=position, reason=reason, at=at)
