"""Which link lets the recipient of a digest answer without a login? One an obligation, for those at the post that owes.

A bureau or the director owes nothing that a link could answer, and a link in many hands is an answer from nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.model.token import Grant, write_token
from tipcycle.settings import Settings


def answer_link(now: Settings, obligation: Obligation, position: Position, *, at: datetime) -> str:
    """`https://tip.example/answer/TOKEN`, good for `link_days` from `at`; empty where no link is given."""
    if not now.intake_url or not obligation.post or position.post != obligation.post:
        return ""
    expires_at = (at + timedelta(days=now.link_days)).replace(microsecond=0)
    token = write_token(Grant("answer", obligation.key, position.id, expires_at), now.signing_secret)
    return f"{now.intake_url.rstrip('/')}/answer/{token}"
