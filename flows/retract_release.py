"""Stop a release by hand, during its day of hold or before."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.release import retract
from tipcycle.errors import TipcycleError


@flow(name="retract-release")
async def retract_release(
    report_year: int,
    document: Literal["interim-assessment", "full-assessment"],
    position: str,
    *,
    reason: str,
    at: datetime | None = None,
) -> State[None]:
    """Let a document that is to go out wait for a position again.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
        document: The compiled document.
        position: Who takes back its word: a position of the document's chain, or gtip.director.
        reason: Why.
        at: Leave empty.
    """
    at = moment(at)
    try:
        line = await retract(report_year, document=document, position=position, reason=reason, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(f"{document} retracted by {position}", at=at, details=[line])
