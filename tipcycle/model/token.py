"""What may the bearer of a link or an upload token do, for which obligation, and until when?

A token is `PAYLOAD.SIGNATURE`: what it grants, readable, and our signature over it. It needs no table, and it cannot
be made to say anything else.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tipcycle.model.signature import sign, verify

Purpose = Literal["upload", "answer"]

LONGEST = 400  # characters; anything longer is not ours and is not even looked at
_SEPARATOR = "|"


@dataclass(frozen=True)
class Grant:
    """`purpose` for one obligation; an answer is given as `position`. Over from `expires_at` on, to the second."""

    purpose: Purpose
    obligation: str
    position: str
    expires_at: datetime


@dataclass(frozen=True)
class Void:
    """Why a token grants nothing."""

    why: Literal["forged", "expired"]


def write_token(grant: Grant, key: bytes) -> str:
    """The token; the same for the same grant. Letters, digits, `-`, `_` and one dot."""
    fields = (grant.purpose, grant.obligation, grant.position, str(int(grant.expires_at.timestamp())))
    payload = urlsafe_b64encode(_SEPARATOR.join(fields).encode()).rstrip(b"=").decode()
    return f"{payload}.{sign(payload, key)}"


def read_token(token: str, purpose: Purpose, key: bytes, *, at: datetime) -> Grant | Void:
    """What `token` grants at `at`; one made for another purpose is as good as forged."""
    payload, _, signature = token.partition(".")
    if len(token) > LONGEST or not token.isascii() or not verify(payload, signature, key):
        return Void("forged")
    padded = payload + "=" * (-len(payload) % 4)
    made_for, obligation, position, expires = urlsafe_b64decode(padded).decode().split(_SEPARATOR)
    if made_for != purpose:
        return Void("forged")
    grant = Grant(purpose, obligation, position, datetime.fromtimestamp(int(expires), UTC))
    return grant if at < grant.expires_at else Void("expired")
