"""Recording who fills a position, and who stands in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from tasks.by_hand import task_by_hand
from tipcycle.operations.change_contact import ContactChange
from tipcycle.operations.change_contact import change_contact as change
from tipcycle.operations.change_contact import delegate as stand_in


@task_by_hand(name="change-contact", timeout_seconds=60)
async def change_contact(
    report_year: int,
    *,
    position: str,
    channel: Literal["email", "cable", "slack"],
    address: str,
    from_on: date,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str,
) -> ContactChange:
    """Give a position a new address, or show it."""
    return change(
        report_year,
        position=position,
        channel=channel,
        address=address,
        from_on=from_on,
        reason=reason,
        approver=approver,
        at=at,
        preview=preview,
        code=code,
    )


@task_by_hand(name="delegate", timeout_seconds=60)
async def delegate(
    report_year: int,
    *,
    position: str,
    to: str,
    from_on: date,
    until_on: date,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str,
) -> ContactChange:
    """Let another position stand in, or show it."""
    return stand_in(
        report_year,
        position=position,
        to=to,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
        approver=approver,
        at=at,
        preview=preview,
        code=code,
    )
