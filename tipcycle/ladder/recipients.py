"""Which positions does a rung speak to, for one obligation?"""

from __future__ import annotations

from collections.abc import Mapping

from tipcycle.model.ladder import Recipient
from tipcycle.model.position import CLIMB, Position, Role
from tipcycle.model.post import Post

OFFICE = "gtip"  # G/TIP, the office that runs the cycle
BUREAUS = ("AF", "EAP", "EUR", "NEA", "SCA", "WHA")


def position_id(unit: str, role: Role) -> str:
    """`dakar.action-officer`."""
    return f"{unit}.{role}"


def recipients(to: Recipient, *, post: Post | None, owner_unit: str, owner: str) -> tuple[str, ...]:
    """The ids of the positions that `to` means; `owner_unit` is the post's id or the office, `owner` who owes.

    `bureau` is the post's regional bureau; where there is none (the desk of the United States, or a step of
    the cycle as a whole) the rung is the office director's.
    """
    match to:
        case "owner":
            return (owner,)
        case "action-officer" | "alternate" | "front-office":
            return (position_id(owner_unit, to),)
        case "bureau":
            if post and post.bureau:
                return (position_id(post.bureau.lower(), "bureau"),)
            return (position_id(OFFICE, "director"),)
        case "bureaus":
            return tuple(position_id(bureau.lower(), "bureau") for bureau in BUREAUS)
        case "director":
            return (position_id(OFFICE, "director"),)


def next_in_climb(position: Position, *, post: Post | None, positions: Mapping[str, Position]) -> Position | None:
    """Who stands in for a position that cannot be reached; None above the office director."""
    unit = position.id.split(".")[0]
    above = CLIMB[CLIMB.index(position.role) + 1 :] if position.role in CLIMB else CLIMB[-1:]
    for role in above:
        match role:
            case "alternate" | "front-office":
                candidate = position_id(unit, role)
            case "bureau":
                bureau = post.bureau if post else None
                candidate = position_id(bureau.lower(), "bureau") if bureau else ""
            case _:
                candidate = position_id(OFFICE, role)
        if candidate in positions and candidate != position.id:
            return positions[candidate]
    return None
