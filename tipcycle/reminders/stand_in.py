"""Who is told when a position cannot be reached? The next one up; beyond the alternate it is an alarm."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from tipcycle.ladder.recipients import next_in_climb
from tipcycle.model.keys import notice_key
from tipcycle.model.notice import Notice
from tipcycle.model.position import Channel, Position
from tipcycle.model.post import Post

IN_PLACE_OF = "in place of "  # begins the reason of a notice that was passed on; the position follows


@dataclass(frozen=True)
class HandedOver:
    """`notice` fails for `reason`; `to` is the new notice, None where the stand-in has that rung already."""

    notice: Notice
    reason: str
    to: Notice | None


def valid_address(
    position: Position, channel: Channel, refused: Collection[tuple[str, str]]
) -> tuple[Channel, str] | None:
    """Where the position can be reached: on `channel`, else by mail, else on Slack; None if it cannot be.

    Slack comes last: it carries counts and links only. A cable is no way to remind.
    """
    ways: tuple[Channel, ...] = (channel, "email", "slack")
    for way in ways:
        address = position.address(way)
        if address and (way, address) not in refused:
            return way, address
    return None


def hand_over(
    notice: Notice,
    *,
    post: Post | None,
    positions: Mapping[str, Position],
    refused: Collection[tuple[str, str]],
    known: Collection[str],
) -> HandedOver | None:
    """Pass a notice on to the first position up the climb that can be reached; None if there is none at all.

    `known` holds the keys of every notice of the obligation.
    """
    position = positions[notice.position]
    stand_in = next_in_climb(position, post=post, positions=positions)
    while stand_in and not valid_address(stand_in, notice.channel, refused):
        stand_in = next_in_climb(stand_in, post=post, positions=positions)
    if stand_in is None:
        return None
    key = notice_key(
        notice.report_year,
        notice.step,
        notice.country,
        version=notice.version,
        days=notice.days,
        position=stand_in.id,
    )
    reason = f"no valid address; passed to {stand_in.id}"
    if key in known:
        return HandedOver(notice, reason, None)
    way = valid_address(stand_in, notice.channel, refused)
    passed = replace(
        notice,
        key=key,
        position=stand_in.id,
        level=stand_in.level,
        channel=way[0] if way else notice.channel,
        alarm=notice.alarm or stand_in.role != "alternate",
        state="owed",
        reason=f"{IN_PLACE_OF}{notice.position}",
        message=None,
        decided_at=None,
    )
    return HandedOver(notice, reason, passed)
