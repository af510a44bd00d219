"""Record by hand that an obligation is not required; it stands apart from missing and from nil."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryChoice, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.obligations import PostStep, show_waiver
from tasks.obligations import waive_obligation as waive


@flow(name="waive-obligation", validate_parameters=False)
@form
async def waive_obligation(
    report_year: CycleYear,
    step: PostStep,
    *,
    country: CountryChoice,
    reason: str,
    approver: DepartmentPosition,
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Waive what one post owes for one country.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        step: What is waived.
        country: For which country it is owed.
        reason: Why it is not required.
        approver: The position that approves, such as gtip.director.
        preview: Only show which notices that would end.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    if preview or send_code:
        shown = await show_waiver(report_year, step=step, country=country, reason=reason, approver=approver)
        if send_code:
            return await code_sent(shown.to_sign, shown.lines, at=at)
        return await ended(f"{step} {country} previewed", at=at, details=shown.lines)
    line = await waive(report_year, step=step, country=country, reason=reason, approver=approver, at=at, code=code)
    return await ended(line, at=at)
