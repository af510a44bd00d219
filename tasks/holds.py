"""Stopping to send and going on, what would wait, what goes out next, and what became of a message."""

from __future__ import annotations

from datetime import date, datetime

from tasks.by_hand import task_by_hand
from tasks.pages import publish_page
from tipcycle.model.hold import HoldScope
from tipcycle.operations.hold import hold, lift_hold
from tipcycle.operations.preview_hold import preview_hold
from tipcycle.operations.read_preview import preview_markdown, read_preview
from tipcycle.operations.settle_unknown import SettledAs, preview_settling, settle_unknown


@task_by_hand(name="record-hold", timeout_seconds=60)
async def record_hold(
    report_year: int, *, scope: HoldScope, name: str, until_on: date, reason: str, approver: str, at: datetime
) -> str:
    """Stop sending until the end of a day."""
    return hold(report_year, scope=scope, name=name, until_on=until_on, reason=reason, approver=approver, at=at)


@task_by_hand(name="preview-hold", timeout_seconds=300)
async def show_hold(
    report_year: int, *, scope: HoldScope, name: str, until_on: date, reason: str, approver: str, at: datetime
) -> list[str]:
    """Say which messages would wait; nothing is written."""
    return preview_hold(report_year, scope=scope, name=name, until_on=until_on, reason=reason, approver=approver, at=at)


@task_by_hand(name="lift-hold", timeout_seconds=60)
async def end_hold(number: int, *, reason: str, by: str, at: datetime) -> str:
    """Go on sending."""
    return lift_hold(number, reason=reason, by=by, at=at)


@task_by_hand(name="settle-message", timeout_seconds=60)
async def settle(key: str, *, as_: SettledAs, actor: str, at: datetime) -> str:
    """Decide by hand what became of a message."""
    return settle_unknown(key, as_=as_, actor=actor, at=at)


@task_by_hand(name="preview-settling", timeout_seconds=60)
async def show_settling(key: str, *, as_: SettledAs, actor: str, at: datetime) -> list[str]:
    """Say which message it is and what would follow; nothing is written."""
    return preview_settling(key, as_=as_, actor=actor, at=at)


@task_by_hand(name="show-preview", timeout_seconds=600)
async def show_preview(report_year: int, *, days: int, post: str, at: datetime) -> int:
    """Publish every message to come; how many there are."""
    preview = read_preview(report_year, days=days, at=at, post=post)
    await publish_page(preview_markdown(preview), key=f"what-goes-out-{report_year}")
    return len(preview["messages"])
