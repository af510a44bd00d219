"""What people decide about single obligations: waive them, or give them another day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from tasks.by_hand import task_by_hand
from tipcycle.operations.change_deadline import DeadlineChange, ReasonClass
from tipcycle.operations.change_deadline import change_deadline as change
from tipcycle.operations.waive_obligation import WaiverPreview, preview_waiver
from tipcycle.operations.waive_obligation import waive_obligation as waive

PostStep = Literal["demarche", "progress-report", "annual-submission"]


@task_by_hand(name="waive-obligation", timeout_seconds=60)
async def waive_obligation(
    report_year: int, *, step: PostStep, country: str, reason: str, approver: str, at: datetime, code: str
) -> str:
    """Say that an obligation is not required."""
    return waive(report_year, step=step, country=country, reason=reason, approver=approver, at=at, code=code)


@task_by_hand(name="preview-waiver", timeout_seconds=60)
async def show_waiver(report_year: int, *, step: PostStep, country: str, reason: str, approver: str) -> WaiverPreview:
    """Say what waiving it would end; nothing is written."""
    return preview_waiver(report_year, step=step, country=country, reason=reason, approver=approver)


@task_by_hand(name="change-deadline", timeout_seconds=60)
async def change_deadline(
    report_year: int,
    *,
    step: str,
    country: str | None,
    planned_on: date | None,
    reason_class: ReasonClass,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str,
) -> DeadlineChange:
    """Plan an obligation anew, or show what that would change."""
    return change(
        report_year,
        step=step,
        country=country,
        planned_on=planned_on,
        reason_class=reason_class,
        reason=reason,
        approver=approver,
        at=at,
        preview=preview,
        code=code,
    )
