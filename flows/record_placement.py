"""Record by hand which tier countries are placed on, single ones or all for which both sides recommend one tier."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from flows.tier_fields import PlacementFields
from tasks.tiers import place_countries
from tipcycle.model.counted import counted_of


@flow(name="record-placement", validate_parameters=False)
@form
async def record_placement(
    report_year: CycleYear,
    position: DepartmentPosition,
    *,
    placements: list[PlacementFields] = [],  # noqa: B006 - Prefect's form shows a plain default, and none of a factory
    as_recommended: bool = False,
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Place countries; of those given singly all are placed, or none.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        position: Who decides, such as g.principal or s.principal.
        placements: One for each country that is placed singly.
        as_recommended: Also place each country for which both recommend one tier; the others are listed.
        preview: Only show what would be recorded.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    report = await place_countries(
        report_year,
        position=position,
        placements=[one.as_form() for one in placements],
        as_recommended=as_recommended,
        at=at,
        preview=preview or send_code,
        code=code,
    )
    if send_code:
        return await code_sent(report.to_sign, report.lines, at=at)
    done = "recorded" if report.done else "would be recorded"
    return await ended(f"{counted_of(report.recorded, 'placement')} {done}", at=at, details=report.lines)
