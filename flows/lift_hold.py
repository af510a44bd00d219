"""End a hold by hand, before its last day; what it kept back goes with the next ticks."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.holds import end_hold
from tipcycle.errors import TipcycleError


@flow(name="lift-hold")
async def lift_hold(number: int, reason: str, position: str, *, at: datetime | None = None) -> State[None]:
    """Go on sending.

    Args:
        number: The number of the hold, as the status board shows it.
        reason: Why it ends now.
        position: Who says so, such as gtip.director.
        at: Leave empty.
    """
    at = moment(at)
    try:
        line = await end_hold(number, reason=reason, by=position, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(line, at=at)
