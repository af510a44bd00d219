"""Send the reporting instructions from their planned day on, a task a post, until each is accepted."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.instructions import owed_instructions, send_instructions


@flow(name="request-annual-submissions", validate_parameters=False)
@form
async def request_annual_submissions(report_year: int, at: At = None) -> State[None]:
    """Ask every post for its annual submissions, if that is owed and has not gone out.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
    """
    at = moment(at)
    owed = await owed_instructions(report_year, at)
    reports = [await send_instructions(report_year, batch, posts, at) for batch, posts in owed.batches]
    problems = [problem for report in reports for problem in report.problems]
    return await ended(owed.line, at=at, problems=problems)
