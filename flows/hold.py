"""Stop sending to a post, a bureau or everybody until a day; shows first which messages would wait."""

from __future__ import annotations

from datetime import date
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, BureauOrNone, CycleYear, DepartmentPosition, PostOrNone
from flows.form import form
from flows.run import ended, moment
from tasks.holds import record_hold, show_hold
from tipcycle.errors import TipcycleError


@flow(name="hold", validate_parameters=False)
@form
async def hold(
    report_year: CycleYear,
    what: Literal["post", "bureau", "all"],
    *,
    post: PostOrNone = "",
    bureau: BureauOrNone = "",
    until: date,
    reason: str,
    position: DepartmentPosition,
    preview: bool = True,
    at: At = None,
) -> State[None]:
    """Stop sending; what is owed stays owed.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        what: A post with all its positions, a bureau with its own and all its posts, or everybody.
        post: The post, if one is held; else leave empty.
        bureau: The bureau, if one is held; else leave empty.
        until: The last day of the hold, in Washington.
        reason: Why; shown wherever something waits.
        position: Who says so, such as gtip.director.
        preview: On, it only shows which messages of the next days would wait; switch it off to do it.
    """
    at = moment(at)
    name = {"post": post, "bureau": bureau, "all": ""}[what]
    if (what != "all") != bool(name) or {post, bureau} - {name, ""}:
        raise TipcycleError("name the post, or the bureau, that is held, and nothing else; for everybody name neither")
    if preview:
        lines = await show_hold(
            report_year, scope=what, name=name, until_on=until, reason=reason, approver=position, at=at
        )
        return await ended("preview: nothing is held yet", at=at, details=lines)
    line = await record_hold(
        report_year, scope=what, name=name, until_on=until, reason=reason, approver=position, at=at
    )
    return await ended(line, at=at)
