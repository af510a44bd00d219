"""End a hold by hand, before its last day; what it kept back goes with the next ticks."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.holds import end_hold


@flow(name="lift-hold", validate_parameters=False)
@form
async def lift_hold(number: int, reason: str, position: DepartmentPosition, *, at: At = None) -> State[None]:
    """Go on sending.

    Args:
        number: The number of the hold, such as 1; the status board and the page of what waits show it.
        reason: Why it ends now; needed, and kept with the hold.
        position: Who says so, such as gtip.director.
    """
    at = moment(at)
    return await ended(await end_hold(number, reason=reason, by=position, at=at), at=at)
