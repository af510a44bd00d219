"""Open a placement again by hand: it governs no more, and office and bureau may recommend anew."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryChoice, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.tiers import open_placement_again


@flow(name="reopen-placement", validate_parameters=False)
@form
async def reopen_placement(
    report_year: CycleYear,
    country: CountryChoice,
    position: DepartmentPosition,
    *,
    reason: str,
    at: At = None,
) -> State[None]:
    """Let the governing placement of one country govern no more; it stays in the history.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        country: The country that is placed, and whose placement is to govern no more.
        position: Who says so: the position that decided it, or one that may decide otherwise, such as s.principal.
        reason: Why it is decided anew, such as a fact that came in since; needed, and kept in the history.
        at: Leave empty.
    """
    at = moment(at)
    return await ended(
        await open_placement_again(report_year, country=country, position=position, reason=reason, at=at), at=at
    )
