"""What goes out next? Publishes every message of the next days; nothing is sent and the ledger is only read."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, PostOrNone
from flows.form import form
from flows.run import ended, moment
from tasks.holds import show_preview
from tipcycle.model.counted import counted_of


@flow(name="preview", validate_parameters=False)
@form
async def preview(report_year: CycleYear, days: int = 14, post: PostOrNone = "", at: At = None) -> State[None]:
    """Show what goes out next.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        days: How far to look.
        post: Only what goes to one post, by name or id; leave empty for all.
    """
    at = moment(at)
    count = await show_preview(report_year, days=days, post=post, at=at)
    return await ended(f"{counted_of(count, 'message')} in the next {days} days: what-goes-out-{report_year}", at=at)
