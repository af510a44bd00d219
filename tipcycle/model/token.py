"""What may the bearer of a link or an upload token do, for which obligation, and until when?

A token is `PAYLOAD.SIGNATURE`: what it grants, readable, and our signature over it. It needs no table, and it cannot
be made to say anything else.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tipcycle.model.signature import sign, verify

Purpose = Literal["upload", "answer"]

LONGEST = 400  # characters; anything longer is not ours and is not even looked at
_SEPARATOR = "|"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}\.[0-9a-f]{64}")


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


def without_tokens(text: str) -> str:
    """The text with each token in it taken out, whoever signed it: who reads it may not answer in another's name."""
    return _TOKEN.sub("(token taken out)", text)


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
