"""Bring the recorded special watch list up to the placements by hand; shows first what becomes of each entry."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.cycle import correct_special_watch_list


@flow(name="correct-list", validate_parameters=False)
@form
async def correct_list(
    report_year: CycleYear,
    position: DepartmentPosition,
    *,
    reason: str,
    preview: bool = True,
    at: At = None,
) -> State[None]:
    """Apply what changed in the placements since the list was recorded.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        position: Who decides, such as gtip.director.
        reason: Why, such as the memorandum behind the correction.
        preview: On, it only shows what would come, go and change; switch it off to do it.
        at: Leave empty.
    """
    at = moment(at)
    change = await correct_special_watch_list(report_year, position=position, reason=reason, at=at, preview=preview)
    entries = f"{change.changed} {'entry' if change.changed == 1 else 'entries'}"
    return await ended(f"{entries} {'changed' if change.done else 'would change'}", at=at, details=change.lines)
