"""Record by hand how a split over a tier was settled, or that it is raised to the next level."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.tiers import decide_split
from tipcycle.errors import TipcycleError
from tipcycle.model.placement import Tier
from tipcycle.model.tier_forms import SplitOutcome


@flow(name="settle-split")
async def settle_split(
    report_year: int,
    country: str,
    position: str,
    *,
    outcome: SplitOutcome,
    tier: Tier | None = None,
    note: str = "",
    at: datetime | None = None,
) -> State[None]:
    """Settle a split, or raise it.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        country: Name or ISO3 code, such as SEN.
        position: Who holds the split or stands in for the holder, such as gtip.director.
        outcome: Settled with a tier, or raised to the next level.
        tier: The tier that it is settled with; leave it out when raising.
        note: Why.
        at: Leave empty.
    """
    at = moment(at)
    try:
        lines = await decide_split(
            report_year, country=country, position=position, outcome=outcome, tier=tier, note=note, at=at
        )
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(lines[0], at=at, details=lines[1:])
