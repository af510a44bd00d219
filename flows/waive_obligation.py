"""Record by hand that an obligation is not required; it stands apart from missing and from nil."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.obligations import PostStep, show_waiver
from tasks.obligations import waive_obligation as waive
from tipcycle.errors import TipcycleError


@flow(name="waive-obligation")
async def waive_obligation(
    report_year: int,
    step: PostStep,
    *,
    country: str,
    reason: str,
    approver: str,
    preview: bool = False,
    at: datetime | None = None,
) -> State[None]:
    """Waive what one post owes for one country.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        step: What is waived.
        country: ISO3 code of the country.
        reason: Why it is not required.
        approver: The position that approves, such as gtip.director.
        preview: Only show which notices that would end.
        at: Leave empty.
    """
    at = moment(at)
    try:
        if preview:
            lines = await show_waiver(report_year, step=step, country=country, reason=reason, approver=approver)
            return await ended(f"{step} {country} previewed", at=at, details=lines)
        line = await waive(report_year, step=step, country=country, reason=reason, approver=approver, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(line, at=at)
