"""Take in what lies in the inbox; a file that waits is decided once, whoever looks."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import BATCH, ended, moment
from tasks.submissions import take_in_files, take_waiting_bounces, waiting_files
from tipcycle.model.counted import counted_of


@flow(name="collect-submissions", validate_parameters=False)
@form
async def collect_submissions(at: At = None) -> State[None]:
    """Accept, refuse or recognize each file of the inbox, and take in mails that came back.

    Args:
    """
    at = moment(at)
    bounces = await take_waiting_bounces(at)
    files = await waiting_files()
    batches = [await take_in_files(files[start : start + BATCH], at) for start in range(0, len(files), BATCH)]
    taken = [one for batch in batches for one in batch.taken]
    problems = [problem for batch in batches for problem in batch.problems]
    accepted = sum(one.outcome == "accepted" for one in taken)
    refused = sum(one.outcome == "refused" for one in taken)
    came_back = sum(bounce.marked for bounce in bounces)
    line = f"{counted_of(len(taken), 'file')}: {accepted} accepted, {refused} refused"
    if came_back:
        line += f"; {counted_of(came_back, 'mail')} came back"
    return await ended(line, at=at, problems=problems, details=[bounce.line for bounce in bounces])
