"""Record by hand what was determined of a Tier 3 country, or published or presented after the Report."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.tiers import record_what_was_determined
from tipcycle.errors import TipcycleError


@flow(name="record-determination")
async def record_determination(
    report_year: int,
    country: str,
    kind: str,
    done_on: date,
    position: str,
    *,
    note: str = "",
    at: datetime | None = None,
) -> State[None]:
    """Record a determination.

    Args:
        report_year: The Report after which it was made, such as 2010.
        country: Name or ISO3 code, such as ERI.
        kind: A paragraph of 22 U.S.C. 7107(d) such as d4, waiver-published, or action-plan.
        done_on: The day on which it was done.
        position: Who records it, such as gtip.director.
        note: Kept with it, such as the number of the determination.
        at: Leave empty.
    """
    at = moment(at)
    try:
        line = await record_what_was_determined(
            report_year, country=country, kind=kind, done_on=done_on, position=position, note=note, at=at
        )
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(line, at=at)
