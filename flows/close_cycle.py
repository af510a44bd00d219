"""Show what changes from a cycle to the next; close the cycle once the director signed that very text."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.cycle import show_or_sign_roll_over
from tipcycle.errors import TipcycleError


@flow(name="close-cycle")
async def close_cycle(report_year: int, position: str, *, signed: str = "", at: datetime | None = None) -> State[None]:
    """Show the roll-over to the next cycle, or sign it.

    Args:
        report_year: The Report that the cycle led to, such as 2010.
        position: Who asks or signs; only gtip.director signs.
        signed: The hash of the text that was read; empty to read it first.
        at: Leave empty.
    """
    at = moment(at)
    try:
        report = await show_or_sign_roll_over(report_year, position, signed=signed, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(report.line, at=at, details=report.lines)
