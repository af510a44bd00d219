"""Show what changes from a cycle to the next; close the cycle once the director signed that very text."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.cycle import show_or_sign_roll_over


@flow(name="close-cycle", validate_parameters=False)
@form
async def close_cycle(
    report_year: CycleYear, position: DepartmentPosition, *, signed: str = "", at: At = None
) -> State[None]:
    """Show the roll-over to the next cycle, or sign it.

    Args:
        report_year: The Report that the cycle led to, such as 2010.
        position: Who asks or signs; only gtip.director signs.
        signed: The hash that a first run with this left empty shows at its end, once the whole text was read.
    """
    at = moment(at)
    report = await show_or_sign_roll_over(report_year, position, signed=signed, at=at)
    return await ended(report.line, at=at, details=report.lines)
