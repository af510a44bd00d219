"""Release a compiled assessment by hand, once everybody cleared it and a day has passed."""

from __future__ import annotations

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.release import release
from tipcycle.model.document import ReleaseNature


@flow(name="release-document", validate_parameters=False)
@form
async def release_document(
    report_year: CycleYear,
    document: Literal["interim-assessment", "full-assessment"],
    position: DepartmentPosition,
    *,
    nature: ReleaseNature = "release",
    without: list[DepartmentPosition] = [],  # noqa: B006 - Prefect's form shows a plain default, and none of a factory
    reason: str = "",
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Release a document, or sign that silent positions are not waited for.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        document: Which assessment goes out.
        position: Who releases or signs, such as gtip.director.
        nature: Release the first time; once it is out, supplement adds what came in since and erratum mends a mistake.
        without: Leave it empty to release. Name positions here that were asked and have not answered, and it is only
            signed that nobody waits for them; the release itself comes a day later, with this left empty again.
        reason: Why; needed for a supplement, for an erratum, and for not waiting. A first release needs none.
        preview: Only show what would be done.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    report = await release(
        report_year,
        document=document,
        position=position,
        nature=nature,
        without=without,
        reason=reason,
        at=at,
        preview=preview or send_code,
        code=code,
    )
    if send_code:
        return await code_sent(report.to_sign, report.lines, at=at)
    if report.released:
        line = f"{document} version {report.released} released"
    elif not report.done:
        line = f"preview: the {document.replace('-', ' ')} is not released yet, and nothing was signed"
    else:
        line = f"signed; the {document.replace('-', ' ')} is released by another run, with without left empty"
    return await ended(line, at=at, details=report.lines)
