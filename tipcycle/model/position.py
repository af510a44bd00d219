"""Which seat owes, clears or is told? A position stays; who fills it is a contact and changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Channel = Literal["email", "slack", "cable", "file"]
Role = Literal["action-officer", "alternate", "front-office", "bureau", "director", "clearer", "principal"]

# The order in which one stands in for another, and in which an alarm climbs.
CLIMB: tuple[Role, ...] = ("action-officer", "alternate", "front-office", "bureau", "director")

# An office beside ours clears (`clearer`), a principal above ours decides (`principal`).
# Level 0 does the work; every higher level is told only after level 0 was really reached.
LEVEL: dict[Role, int] = {
    "action-officer": 0,
    "alternate": 0,
    "front-office": 1,
    "bureau": 2,
    "director": 3,
    "clearer": 2,
    "principal": 4,
}

_MAIL = re.compile(r"[^\s@<>,;\x00-\x1f\x7f]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Position:
    """`dakar.action-officer`: a role in a unit, its post if it is at one, its address by channel."""

    id: str
    role: Role
    post: str | None
    bureau: str | None
    title: str
    addresses: tuple[tuple[Channel, str], ...]

    @property
    def level(self) -> int:
        """How far up the ladder: 0 does the work, 3 is the office director, 4 a principal above."""
        return LEVEL[self.role]

    def address(self, channel: Channel) -> str | None:
        """Where this position is reached on `channel`, or None if it is not."""
        return dict(self.addresses).get(channel)


def is_mail_address(text: str) -> bool:
    """Whether it is one address and nothing else: a line break or a comma in it would reach somebody else too."""
    return _MAIL.fullmatch(text) is not None


def called(position: str, positions: Mapping[str, Position]) -> str:
    """`the action officer at Djibouti`, `the Director, G/TIP`: a position as a sentence names it."""
    known = positions.get(position.strip())
    if known is None:
        return position.strip()
    title, comma, place = known.title.partition(", ")
    if known.post and comma:
        return f"the {title[:1].lower()}{title[1:]} at {place}"
    return f"the {known.title}"
