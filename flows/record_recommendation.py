"""Record by hand which tiers the office or a regional bureau recommends; where they differ a split opens."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.tiers import recommend_tiers
from tipcycle.errors import TipcycleError
from tipcycle.model.tier_forms import RecommendationForm


@flow(name="record-recommendation")
async def record_recommendation(
    report_year: int,
    position: str,
    recommendations: list[RecommendationForm],
    *,
    preview: bool = False,
    at: datetime | None = None,
) -> State[None]:
    """Record recommendations; of several all are recorded, or none.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        position: Who recommends, such as gtip.action-officer for the office or eur.bureau for its bureau.
        recommendations: One for each country.
        preview: Only show what would be recorded.
        at: Leave empty.
    """
    at = moment(at)
    try:
        report = await recommend_tiers(
            report_year, position=position, recommendations=recommendations, at=at, preview=preview
        )
    except TipcycleError as error:
        return await refused(error, at=at)
    done = "recorded" if report.done else "would be recorded"
    splits = f", {report.splits} splits" if report.splits else ""
    return await ended(f"{report.recorded} recommendations {done}{splits}", at=at, details=report.lines)
