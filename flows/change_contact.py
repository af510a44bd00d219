"""Record by hand who fills a position from a day on, or who stands in for it for a while."""

from __future__ import annotations

from datetime import date
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DayOrNone, DepartmentPosition, PositionChoice, PositionOrNone
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.contacts import change_contact as change
from tasks.contacts import delegate
from tipcycle.errors import TipcycleError


@flow(name="change-contact", validate_parameters=False)
@form
async def change_contact(
    report_year: CycleYear,
    position: PositionChoice,
    *,
    from_on: date,
    reason: str,
    approver: DepartmentPosition,
    address: str = "",
    channel: Literal["email", "cable", "slack"] = "email",
    delegate_to: PositionOrNone = "",
    until_on: DayOrNone = None,
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Give a position a new address, or let another position stand in for it.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        position: The position whose contact changes, such as dakar.action-officer.
        from_on: The first day, inclusive, in the position's own time zone.
        reason: Why.
        approver: The position that approves, such as gtip.action-officer.
        address: The new address; leave empty to delegate.
        channel: Which of its addresses changes.
        delegate_to: The position that stands in; leave empty to change the address.
        until_on: The last day of a delegation, inclusive; it then ends by itself.
        preview: Only show what would change.
        code: For a position of the Department: the one-time code with which it signs itself, mailed to it as it is now.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    if bool(address) == bool(delegate_to):
        raise TipcycleError("give either an address, or a position that stands in")
    if delegate_to and until_on is None:
        raise TipcycleError("a delegation needs its last day (until_on)")
    if delegate_to and until_on:
        report = await delegate(
            report_year,
            position=position,
            to=delegate_to,
            from_on=from_on,
            until_on=until_on,
            reason=reason,
            approver=approver,
            at=at,
            preview=preview or send_code,
            code=code,
        )
    else:
        report = await change(
            report_year,
            position=position,
            channel=channel,
            address=address,
            from_on=from_on,
            reason=reason,
            approver=approver,
            at=at,
            preview=preview or send_code,
            code=code,
        )
    if send_code:
        return await code_sent(report.to_sign, report.lines, at=at)
    return await ended(f"{position} {'changed' if report.done else 'previewed'}", at=at, details=report.lines)
