"""Record by hand how a split over a tier was settled, or that it is raised to the next level."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryChoice, CycleYear, DepartmentPosition, TierOrNone
from flows.form import form
from flows.run import ended, moment
from tasks.tiers import decide_split
from tipcycle.model.tier_forms import SplitOutcome


@flow(name="settle-split", validate_parameters=False)
@form
async def settle_split(
    report_year: CycleYear,
    country: CountryChoice,
    position: DepartmentPosition,
    *,
    outcome: SplitOutcome,
    tier: TierOrNone = "",
    note: str = "",
    at: At = None,
) -> State[None]:
    """Settle a split, or raise it.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        country: Whose tier is split.
        position: Who holds the split or stands in for the holder, such as gtip.director.
        outcome: Settled with a tier, or raised to the next level.
        tier: The tier that it is settled with, which settling needs; leave it empty when raising.
        note: Why it is settled so, or why it is raised; needed for both, and kept.
    """
    at = moment(at)
    lines = await decide_split(
        report_year, country=country, position=position, outcome=outcome, tier=tier or None, note=note, at=at
    )
    return await ended(lines[0], at=at, details=lines[1:])
