"""Stop sending to a post, a bureau or everybody until a day; shows first which messages would wait."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.holds import record_hold, show_hold
from tipcycle.errors import TipcycleError


@flow(name="hold")
async def hold(
    report_year: int,
    what: Literal["post", "bureau", "all"],
    *,
    until: date,
    reason: str,
    approver: str,
    preview: bool,
    name: str = "",
    at: datetime | None = None,
) -> State[None]:
    """Stop sending; what is owed stays owed.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        what: A post with all its positions, a bureau with its own and all its posts, or everybody.
        until: The last day of the hold, in Washington.
        reason: Why; shown wherever something waits.
        approver: The position that approves, such as gtip.director.
        preview: Only show which messages of the next days would wait; run it again without to do it.
        name: The post by name or id, or the bureau's letters, such as EUR; leave empty for everybody.
        at: Leave empty.
    """
    at = moment(at)
    try:
        if (what == "all") != (not name.strip()):
            raise TipcycleError("name the post or the bureau; leave the name empty for everybody")
        if preview:
            lines = await show_hold(
                report_year, scope=what, name=name, until_on=until, reason=reason, approver=approver, at=at
            )
            return await ended("previewed", at=at, details=lines)
        line = await record_hold(
            report_year, scope=what, name=name, until_on=until, reason=reason, approver=approver, at=at
        )
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(line, at=at)
