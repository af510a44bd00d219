"""Record by hand what was determined of a Tier 3 country, or published or presented after the Report."""

from __future__ import annotations

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryChoice, CycleYear, DepartmentPosition, KindChoice
from flows.form import form
from flows.run import ended, moment
from tasks.tiers import record_what_was_determined


@flow(name="record-determination", validate_parameters=False)
@form
async def record_determination(
    report_year: CycleYear,
    country: CountryChoice,
    kind: KindChoice,
    done_on: date,
    position: DepartmentPosition,
    *,
    note: str = "",
    at: At = None,
) -> State[None]:
    """Record a determination.

    Args:
        report_year: The Report after which it was made, such as 2010.
        country: Of whom it was determined.
        kind: What was determined, by paragraph of 22 U.S.C. 7107(d), or what was published or presented.
        done_on: The day on which it was done.
        position: Who records it, such as gtip.director.
        note: Kept with it, such as the number of the determination.
    """
    at = moment(at)
    line = await record_what_was_determined(
        report_year, country=country, kind=kind, done_on=done_on, position=position, note=note, at=at
    )
    return await ended(line, at=at)
