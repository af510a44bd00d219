"""Extend, shorten or put back a deadline by hand; shows first what becomes of every notice."""

from __future__ import annotations

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryOrNone, CycleYear, DayOrNone, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.obligations import change_deadline as change
from tipcycle.errors import TipcycleError
from tipcycle.model.step import StepId


@flow(name="change-deadline", validate_parameters=False)
@form
async def change_deadline(
    report_year: CycleYear,
    step: StepId,
    *,
    country: CountryOrNone = "",
    to: DayOrNone = None,
    withdraw: bool = False,
    reason_class: Literal["post asked", "host government", "emergency", "Department", "correction"],
    reason: str,
    approver: DepartmentPosition,
    preview: bool,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Give one obligation another day, or put back its first planned one.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        step: What is owed.
        country: For whom it is owed; leave empty for a step of the Department.
        to: The new day, on the owner's own clock.
        withdraw: Put back the first planned day instead.
        reason_class: The kind of reason.
        reason: Why, in words that the post will read.
        approver: The position that approves, such as gtip.director.
        preview: Only show what would become of each notice; run it again without to do it.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    if (to is None) != withdraw:
        raise TipcycleError("give either the new day, or withdraw the change")
    report = await change(
        report_year,
        step=step,
        country=country or None,
        planned_on=to,
        reason_class=reason_class,
        reason=reason,
        approver=approver,
        at=at,
        preview=preview or send_code,
        code=code,
    )
    if send_code:
        return await code_sent(report.to_sign, report.lines, at=at)
    what = f"{step} {country}".strip()
    return await ended(f"{what} {'changed' if report.done else 'previewed'}", at=at, details=report.lines)
