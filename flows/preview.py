"""What goes out next? Publishes every message of the next days; nothing is sent and the ledger is only read."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.holds import show_preview
from tipcycle.errors import TipcycleError


@flow(name="preview")
async def preview(report_year: int, days: int = 14, post: str = "", at: datetime | None = None) -> State[None]:
    """Show what goes out next.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        days: How far to look.
        post: Only what goes to one post, by name or id; leave empty for all.
        at: Leave empty.
    """
    at = moment(at)
    try:
        count = await show_preview(report_year, days=days, post=post, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(f"{count} messages in the next {days} days: what-goes-out-{report_year}", at=at)
