"""Let one submission be taken in by hand though a rule of the gate refuses it; the waiver stands beside the figure."""

from __future__ import annotations

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.submissions import show_rule_waiver
from tasks.submissions import waive_rule as waive


@flow(name="waive-rule", validate_parameters=False)
@form
async def waive_rule(
    file_name: str,
    rule: str,
    *,
    reason: str,
    until: date,
    approver: DepartmentPosition,
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Lift one rule for one answer; then take the file in again, as late-submission does.

    Args:
        file_name: The name of the refused file in var/quarantine, or of one that waits in the inbox.
        rule: The rule that its findings name, such as statistic.period.
        reason: Why; it stands wherever the figure is used.
        until: The last day on which the answer is taken in so.
        approver: The position that approves, such as gtip.director.
        preview: Only show what would be waived.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
        at: Leave empty.
    """
    at = moment(at)
    if preview or send_code:
        shown = await show_rule_waiver(file_name, rule=rule, reason=reason, approver=approver, until_on=until, at=at)
        if send_code:
            return await code_sent(shown.to_sign, shown.lines, at=at)
        return await ended(f"{rule} previewed", at=at, details=shown.lines)
    line = await waive(file_name, rule=rule, reason=reason, approver=approver, until_on=until, at=at, code=code)
    return await ended(line, at=at)
