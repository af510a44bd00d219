"""Open a cycle on its day, and record its special watch list on its own; daily in season, owed or not."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.cycle import do_what_opening_owes


@flow(name="open-cycle", validate_parameters=False)
@form
async def open_cycle(report_year: int, at: At = None) -> State[None]:
    """Open the cycle, or record its special watch list, if that is owed.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
    """
    at = moment(at)
    report = await do_what_opening_owes(report_year, at)
    return await ended(report.line, at=at)
