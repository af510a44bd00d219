"""Send the action requests from their planned day on, a task a post, until each is accepted."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import BATCH, ended, moment
from tasks.clearance import write_request_drafts
from tasks.requests import keep_papers, owed_requests, send_requests


@flow(name="send-action-requests", validate_parameters=False)
@form
async def send_action_requests(report_year: int, at: At = None) -> State[None]:
    """Send every action request that is owed and has not gone out.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
    """
    at = moment(at)
    await write_request_drafts(report_year)
    owed = await owed_requests(report_year, at)
    reports = [await send_requests(report_year, post, countries, at) for post, countries in owed.by_post]
    asked = [iso3 for _, countries in owed.by_post for iso3 in countries]
    for start in range(0, len(asked), BATCH):
        await keep_papers(report_year, asked[start : start + BATCH])
    problems = [problem for report in reports for problem in report.problems]
    waiting = [f"{iso3}: {why}" for iso3, why in owed.uncleared]
    return await ended(owed.line, at=at, problems=problems, details=waiting)
