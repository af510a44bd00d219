"""Who may read the board? Whoever sits at this machine; from elsewhere whoever knows a password; without one nobody."""

from __future__ import annotations

import hmac
import os
from base64 import b64decode
from binascii import Error
from collections.abc import Collection
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from tipcycle.service.hosts import is_loopback
from tipcycle.service.prefect_api import AUTH, password_of
from tipcycle.settings import Settings, settings

_SHUT = (
    f"The board is shut: others can reach this address, and no password is set. Set {AUTH[1]}=user:password "
    "(that of Prefect's pages) or TIPCYCLE_BOARD_PASSWORD=user:password (readers' own) and start again, or read it "
    "as files: tipcycle board --html FOLDER"
)


async def reader(request: Request) -> None:
    """Raises 401 without a good password where one is set, 403 where others can come and none is."""
    passwords = passwords_of(settings(), password_of(os.environ))
    match may_read(request.headers.get("authorization"), passwords, only_here=only_here(settings())):
        case "ask":
            ask = {"WWW-Authenticate": 'Basic realm="tipcycle board", charset="UTF-8"'}
            raise HTTPException(401, "The board asks for a user and a password.", headers=ask)
        case "shut":
            raise HTTPException(403, _SHUT)


def may_read(
    authorization: str | None, passwords: Collection[str], *, only_here: bool
) -> Literal["yes", "ask", "shut"]:
    """`passwords` are written user:password; one that is set is asked for everywhere."""
    if not passwords:
        return "yes" if only_here else "shut"
    given = _given(authorization or "").encode()
    fits = [hmac.compare_digest(given, one.encode()) for one in passwords]  # all of them, each in constant time
    return "yes" if any(fits) else "ask"


def only_here(now: Settings) -> bool:
    """Whether nobody but this machine can come: neither by the address we listen on nor through a proxy."""
    outer = urlsplit(now.intake_url).hostname or ""
    return is_loopback(now.intake_host) and not now.intake_proxy and (not outer or is_loopback(outer))


def passwords_of(now: Settings, of_prefect: str) -> list[str]:
    """Those that are set: Prefect's, which lets people act there, and the one of readers."""
    return [one for one in (of_prefect, now.board_password.get_secret_value()) if one]


def _given(authorization: str) -> str:
    kind, _, encoded = authorization.partition(" ")
    if kind.casefold() != "basic":
        return ""
    try:
        return b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (Error, ValueError):
        return ""
