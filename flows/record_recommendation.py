"""Record by hand which tiers the office or a regional bureau recommends; where they differ a split opens."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.tier_fields import RecommendationFields
from tasks.tiers import recommend_tiers
from tipcycle.model.counted import counted_of


@flow(name="record-recommendation", validate_parameters=False)
@form
async def record_recommendation(
    report_year: CycleYear,
    position: DepartmentPosition,
    recommendations: list[RecommendationFields],
    *,
    preview: bool = False,
    at: At = None,
) -> State[None]:
    """Record recommendations; of several all are recorded, or none.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        position: Who recommends, such as gtip.action-officer for the office or eur.bureau for its bureau.
        recommendations: One for each country.
        preview: Only show what would be recorded.
    """
    at = moment(at)
    report = await recommend_tiers(
        report_year,
        position=position,
        recommendations=[one.as_form() for one in recommendations],
        at=at,
        preview=preview,
    )
    done = "recorded" if report.done else "would be recorded"
    splits = f", {counted_of(report.splits, 'split')}" if report.splits else ""
    return await ended(f"{counted_of(report.recorded, 'recommendation')} {done}{splits}", at=at, details=report.lines)
