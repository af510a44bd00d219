"""Take in one submission by hand, on the day it comes; it goes through the same gate as every other."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, PostChoice
from flows.form import form
from flows.run import ended, moment
from tasks.submissions import take_in_one_file


@flow(name="late-submission", validate_parameters=False)
@form
async def late_submission(
    post: PostChoice,
    *,
    upload: str = "",
    inbox_file: str = "",
    pasted_text: str = "",
    preview: bool = False,
    at: At = None,
) -> State[None]:
    """Give exactly one of upload, inbox file and pasted text.

    Args:
        post: The post that it comes from; a file of another post is not taken in.
        upload: The id that the intake answered; or else one of the next two.
        inbox_file: The name of a file that waits in the inbox.
        pasted_text: The submission itself, up to 50 kB. Prefect stores what is pasted here, so prefer an upload.
        preview: Only say what taking it in would do.
    """
    at = moment(at)
    told = await take_in_one_file(
        post, upload=upload, inbox_file=inbox_file, pasted_text=pasted_text, preview=preview, at=at
    )
    return await ended(told.line, at=at, problems=told.problems, details=told.details)
