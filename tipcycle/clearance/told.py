"""When was whoever owes a duty really told of it? Only a message that was accepted counts as telling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tipcycle.model.notice import Notice


def told_at(notices: Iterable[Notice], owner: str) -> tuple[datetime, ...]:
    """The moments, in order, at which messages of these notices to `owner` itself were accepted, whichever rung."""
    return tuple(
        sorted(
            {
                notice.decided_at
                for notice in notices
                if notice.state == "sent" and notice.decided_at and notice.position == owner
            }
        )
    )
