"""Show the coordinator's pages: where to look, what waits, how far the steps are, what each post was asked."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.desk import show_pages
from tasks.facts import tell_facts
from tipcycle.operations.draw_desk import years_to_draw


@flow(name="show-desk", validate_parameters=False)
@form
async def show_desk(report_year: int, at: At = None) -> State[None]:
    """Publish what changed since the last time, and tell what came by another way than a flow.

    Args:
        report_year: The Report that the cycle leads to, such as 2010; other open cycles are shown as well.
    """
    at = moment(at)
    lines = [await show_pages(year) for year in years_to_draw(report_year)]
    await tell_facts()
    return await ended(" | ".join(lines), at=at)
