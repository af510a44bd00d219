"""Decide by hand what became of a message whose outcome is unknown, or of a request that was refused."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.run import ended, moment, refused
from tasks.holds import settle
from tipcycle.errors import TipcycleError


@flow(name="settle-unknown")
async def settle_unknown(
    message: str,
    outcome: Literal["was-sent", "send-again"],
    position: str,
    *,
    at: datetime | None = None,
) -> State[None]:
    """Settle one message. Look into the receiver's log first.

    Args:
        message: Its key, as the status board shows it, such as message:2010:action-request:SEN.
        outcome: It arrived; or it is to be sent again, under the same Message-ID and key.
        position: Who says so, such as gtip.action-officer.
        at: Leave empty.
    """
    at = moment(at)
    try:
        line = await settle(message.strip(), as_=outcome, actor=position, at=at)
    except TipcycleError as error:
        return await refused(error, at=at)
    return await ended(line, at=at)
