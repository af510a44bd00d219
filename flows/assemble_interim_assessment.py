"""Draft the interim assessment on its planned day: a chapter for each entry of the special watch list."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import BATCH, ended, moment
from tasks.assessment import owed_chapters, record_draft, write_chapters


@flow(name="assemble-interim-assessment", validate_parameters=False)
@form
async def assemble_interim_assessment(report_year: int, at: At = None) -> State[None]:
    """Write the chapters, if the draft is owed.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
    """
    at = moment(at)
    owed = await owed_chapters(report_year, at)
    batches = [owed.countries[start : start + BATCH] for start in range(0, len(owed.countries), BATCH)]
    written = [await write_chapters(report_year, batch, at) for batch in batches]
    problems = [problem for batch in written for problem in batch.problems]
    if owed.countries and not problems:
        await record_draft(report_year, at)
    return await ended(owed.line, at=at, problems=problems)
