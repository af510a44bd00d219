"""Decide by hand what became of a message whose outcome is unknown, or of a refused request; shows it first."""

from __future__ import annotations

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, DepartmentPosition
from flows.form import form
from flows.run import ended, moment
from tasks.holds import settle, show_settling


@flow(name="settle-unknown", validate_parameters=False)
@form
async def settle_unknown(
    message: str,
    outcome: Literal["was-sent", "send-again"],
    position: DepartmentPosition,
    *,
    preview: bool = True,
    at: At = None,
) -> State[None]:
    """Settle one message. Look into the receiver's log first.

    Args:
        message: Its key, as the status board shows it, such as message:2010:action-request:SEN.
        outcome: was-sent: it arrived, and what it asks is owed from now on.
            send-again: it goes once more with the next tick, under the same Message-ID and key; an address that had
            refused it counts as good again.
        position: Who says so, such as gtip.action-officer.
        preview: On, it only shows the message and what would follow; switch it off to do it.
    """
    at = moment(at)
    if preview:
        lines = await show_settling(message.strip(), as_=outcome, actor=position, at=at)
        return await ended("preview: nothing is settled yet", at=at, details=lines)
    return await ended(await settle(message.strip(), as_=outcome, actor=position, at=at), at=at)
