"""Stop a release by hand, during its day of hold or before."""

from __future__ import annotations

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.release import retract


@flow(name="retract-release", validate_parameters=False)
@form
async def retract_release(
    report_year: CycleYear,
    document: Literal["interim-assessment", "full-assessment"],
    position: DepartmentPosition,
    *,
    reason: str,
    at: At = None,
) -> State[None]:
    """Let a document that is to go out wait for a position again.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        document: Which assessment is not to go out yet; one that went out already stays out.
        position: Who takes back its word: a position of the document's chain, or gtip.director.
        reason: Why it may not go out; needed, and shown wherever the document waits for this position.
    """
    at = moment(at)
    line = await retract(report_year, document=document, position=position, reason=reason, at=at)
    return await ended(f"{document} retracted by {position}", at=at, details=[line])
