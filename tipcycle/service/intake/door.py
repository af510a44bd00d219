"""Who may come in? Everything that is checked before a body is read: the sender's pace, then its token."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from tipcycle.model.token import Grant, Void, read_token
from tipcycle.service.intake.rate_limit import RateLimit, sender_of
from tipcycle.settings import Settings, settings

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="upload token",
    description="One token an obligation, from `tipcycle upload-token`. It is good for that obligation only.",
)


class Door:
    """The limits and the clock of one application; used from its event loop only."""

    def __init__(self, now: Settings, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.by_address = RateLimit(per_minute=now.intake_requests_per_minute)
        self.by_obligation = RateLimit(per_minute=now.intake_uploads_per_minute)


def door_of(request: Request) -> Door:
    """The door of the application that answers."""
    found: Door = request.app.state.door
    return found


async def slow_down(request: Request) -> None:
    """Raises 429 with `Retry-After` for an address that asks too often."""
    address = request.client.host if request.client else ""
    _wait(door_of(request).by_address.wait_seconds(sender_of(address), clock=time.monotonic()), "this address")


async def upload_grant(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Grant:
    """What the request's token grants; raises 401 without a good one."""
    if credentials is None:
        raise _unauthorized("Send the upload token: Authorization: Bearer TOKEN.")
    found = read_token(credentials.credentials, "upload", settings().signing_secret, at=door_of(request).clock())
    if isinstance(found, Void):
        why = {"expired": "The token has expired", "forged": "The token is not one of ours, or not whole"}
        raise _unauthorized(f"{why[found.why]}; ask for a new one.")
    return found


async def counted_grant(request: Request, grant: Annotated[Grant, Depends(upload_grant)]) -> Grant:
    """The same for an upload; raises 429 where too much is uploaded. An obligation's tokens are counted as one."""
    _wait(door_of(request).by_obligation.wait_seconds(grant.obligation, clock=time.monotonic()), "this token")
    return grant


def _wait(seconds: float, who: str) -> None:
    if seconds:
        after = {"Retry-After": str(math.ceil(seconds))}
        raise HTTPException(429, f"Too many requests from {who}; try again in {math.ceil(seconds)} s.", headers=after)


def _unauthorized(told: str) -> HTTPException:
    return HTTPException(401, told, headers={"WWW-Authenticate": "Bearer"})
