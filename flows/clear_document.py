"""Record by hand that a position clears or returns documents; nothing goes out uncleared."""

from __future__ import annotations

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CountryChoice, CycleYear, DepartmentPosition, PositionOrNone
from flows.form import form
from flows.run import ended, moment
from flows.signing import code_sent
from tasks.clearance import decide_documents
from tipcycle.model.counted import counted_of
from tipcycle.model.document import DocumentKind


@flow(name="clear-document", validate_parameters=False)
@form
async def clear_document(
    report_year: CycleYear,
    decision: Literal["cleared", "commented", "returned"],
    position: DepartmentPosition,
    *,
    document: DocumentKind = "action-request",
    countries: list[CountryChoice] = [],  # noqa: B006 - Prefect's form shows a plain default, and none of a factory
    excluding: list[CountryChoice] = [],  # noqa: B006
    note: str = "",
    acting: PositionOrNone = "",
    preview: bool = False,
    code: str = "",
    send_code: bool = False,
    at: At = None,
) -> State[None]:
    """Decide upon documents that wait.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        decision: Whether the position clears the text, clears it with comments, or returns it.
        document: The kind of document: action requests, chapters, or a compiled assessment.
        position: In whose name, such as eur.bureau or gtip.director.
        countries: Whose documents; none means all that this position may decide upon.
        excluding: Countries to leave out.
        note: Why, or the comments; a return and comments need one.
        acting: Who decides in its place, by a delegation in force that day.
        preview: Only show what would be decided.
        code: The one-time code with which the position signs; it is mailed to it, and needed for all but showing.
        send_code: Only show it, and mail the position a code; then run it again with that code.
    """
    at = moment(at)
    report = await decide_documents(
        report_year,
        document=document,
        decision=decision,
        position=position,
        countries=countries,
        excluding=excluding,
        note=note,
        acting=acting,
        at=at,
        preview=preview or send_code,
        code=code,
    )
    if send_code:
        return await code_sent(report.to_sign, report.lines, at=at)
    done = decision if report.done else "would be decided upon"
    return await ended(f"{counted_of(report.decided, 'document')} {done}", at=at, details=report.lines)
