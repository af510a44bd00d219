"""Compare what had to happen by now with what the ledger says; daily, and a sign of life either way."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.watchman import compare_with_ledger, leave_sign_of_life, show_watch
from tipcycle.errors import TipcycleError


@flow(name="watchman")
async def watchman(report_year: int, at: datetime | None = None) -> State[None]:
    """Name everything that was promised and not done, and everything done that nothing promised.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        at: Leave empty.
    """
    at = moment(at)
    try:
        seen = await compare_with_ledger(report_year, at)
    except TipcycleError as error:
        return await refused(error, at=at)
    await show_watch(seen)
    unheard = await leave_sign_of_life(seen)
    problems = [f"{one.kind}: {one.line}" for one in seen.watch.differences]
    return await ended(seen.watch.line, at=at, problems=problems, details=[unheard] if unheard else ())
