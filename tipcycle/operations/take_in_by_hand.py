"""Take in one file by hand, or say what that would do: a line, what went wrong, and what follows from it.

Whatever a person typed, the outcome is a value: a run that was asked for something impossible ends with a plain
sentence and no traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tipcycle.config.find_post import find_post
from tipcycle.config.load import latest_planned_cycle
from tipcycle.errors import SubmissionError, TipcycleError
from tipcycle.model.submission import SubmissionFinding
from tipcycle.operations.context import context
from tipcycle.operations.take_in import Preview, TakenIn
from tipcycle.operations.take_in_one import Which, preview_one, take_in_one
from tipcycle.settings import settings


@dataclass(frozen=True)
class ByHand:
    """`problems` are there only where nothing was (or would be) taken in."""

    line: str
    problems: tuple[str, ...]
    details: tuple[str, ...]


def take_in_by_hand(
    *, upload: str, inbox_file: str, pasted_text: str, preview: bool, at: datetime, post: str = ""
) -> ByHand:
    """Decide the one file that is named, or say what deciding it would do; exactly one of the three is given.

    `post` is where whoever names it believes that it comes from: a file of another is left where it is.
    """
    try:
        which = Which(upload, inbox_file, pasted_text)
        if post:
            _require_post(which, post, at)
        return _told_of_preview(preview_one(which, at)) if preview else _told_of_taken(take_in_one(which, at))
    except TipcycleError as error:
        return ByHand("nothing was taken in", tuple(str(error).splitlines()), ())


def _require_post(which: Which, post: str, at: datetime) -> None:
    """Raises `SubmissionError` where the file names another post; what cannot be read is refused with its reasons."""
    latest = context(latest_planned_cycle(settings().config_dir))
    find_post(latest.config, post)  # a name of no post is told before the file is read
    submission = preview_one(which, at).submission
    if submission is None:
        return
    config = context(submission.report_year).config
    if find_post(config, submission.post).id != find_post(config, post).id:
        raise SubmissionError(
            f'post: this is the answer of "{submission.post}" for {submission.country}, not of "{post}"; '
            "choose the post that it comes from, or look for the right file"
        )


def _told_of_taken(taken: TakenIn) -> ByHand:
    """Of one file that was decided; its name is a number often, so what it answers stands before it."""
    if taken.outcome == "taken elsewhere":
        return ByHand(taken.line, ("another run took it in just now; that run says what became of it",), ())
    told = tuple(_finding(finding) for finding in taken.findings)
    read = taken.submission
    line = f"{read.step} {read.country}: {taken.line}" if read else taken.line
    if taken.outcome == "refused":
        return ByHand(line, told, ())
    return ByHand(line, (), (*((taken.effect.because,) if taken.effect else ()), *told))


def _told_of_preview(preview: Preview) -> ByHand:
    """Of what deciding a file would do."""
    told = tuple(_finding(finding) for finding in preview.findings)
    if not preview.accepted:
        return ByHand("preview: would be refused", told, ())
    if preview.identical:
        return ByHand("preview: the same answer stands in the ledger already; nothing would change", (), told)
    because = (preview.effect.because,) if preview.effect else ()
    line = f"preview: would be accepted{', late' if preview.late else ''}"
    return ByHand(line, (), (*because, *preview.changes, *told))


def _finding(finding: SubmissionFinding) -> str:
    return f"{finding.severity}: {finding.where}: {finding.message} {finding.remedy} [{finding.code}]"
