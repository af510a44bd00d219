"""Is nothing sent to this position now, and until when? A hold stops sending; what is owed stays owed.

It is a hold of recipients: a post's positions, a bureau's posts and its own, or everybody's. When the last one over a
position ends, the newest rung of each obligation goes and the older ones are superseded, as after any outage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from tipcycle.calendar.deadline import WASHINGTON
from tipcycle.model.hold import Hold
from tipcycle.model.moment import day
from tipcycle.model.position import Position


@dataclass(frozen=True)
class HeldBack:
    """Why nothing goes to a position, and the first moment at which it may again."""

    reason: str
    until: datetime


def ends_at(hold: Hold) -> datetime:
    """The first moment after its last day, which is inclusive and Washington's."""
    return datetime.combine(hold.until_on + timedelta(days=1), time(0), WASHINGTON).astimezone(UTC)


def in_force(hold: Hold, at: datetime) -> bool:
    """From the second it was recorded to the end of its last day, or until it was lifted."""
    if hold.lifted_at is not None and hold.lifted_at <= at:
        return False
    return hold.recorded_at <= at < ends_at(hold)


def covers(hold: Hold, position: Position) -> bool:
    """Whether the position is at the post, in the bureau or at one of its posts; everything covers all."""
    match hold.scope:
        case "post":
            return position.post == hold.name
        case "bureau":
            return position.bureau == hold.name
        case "all":
            return True


def hold_over(position: Position, holds: Iterable[Hold], *, at: datetime) -> HeldBack | None:
    """What holds this position back at `at`, or None. Of several, the one that ends last is told."""
    over = [hold for hold in holds if in_force(hold, at) and covers(hold, position)]
    if not over:
        return None
    last = max(over, key=lambda hold: (hold.until_on, hold.number))
    return HeldBack(f"held until {day(last.until_on)} by {last.approver}: {last.reason}", ends_at(last))


def held_positions(positions: Mapping[str, Position], holds: Iterable[Hold], *, at: datetime) -> dict[str, HeldBack]:
    """Every position that is held back at `at`, by id."""
    known = list(holds)
    found = ((position.id, hold_over(position, known, at=at)) for position in positions.values()) if known else ()
    return {position: held for position, held in found if held}
