"""Send the reporting instructions from their planned day on, a task a post, until each is accepted."""

from __future__ import annotations

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from flows.telling import telling
from tasks.instructions import owed_instructions, send_instructions
from tipcycle.errors import TipcycleError


@flow(name="request-annual-submissions")
@telling
async def request_annual_submissions(report_year: int, at: datetime | None = None) -> State[None]:
    """Ask every post for its annual submissions, if that is owed and has not gone out.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        at: Leave empty.
    """
    at = moment(at)
    try:
        owed = await owed_instructions(report_year, at)
        reports = [await send_instructions(report_year, batch, posts, at) for batch, posts in owed.batches]
    except TipcycleError as error:
        return await refused(error, at=at)
    problems = [problem for report in reports for problem in report.problems]
    return await ended(owed.line, at=at, problems=problems)
