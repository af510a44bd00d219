"""Does a document stand as cleared, and is it still the text that was cleared?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipcycle.model.clearance import Clearance

Standing = Literal["cleared", "returned", "changed", "waiting"]


@dataclass(frozen=True)
class DocumentStanding:
    """`waiting` until a position decides; `changed` where the text is no longer the one that was cleared."""

    standing: Standing
    because: str


def standing_of(last: Clearance | None, *, content_hash: str) -> DocumentStanding:
    """How a document with this text stands after its latest decision."""
    if last is None:
        return DocumentStanding("waiting", "nobody has decided yet")
    decided = f"by {last.position} on {last.decided_at:%Y-%m-%d}"
    if last.decision == "returned":
        return DocumentStanding("returned", f"returned {decided}: {last.note}")
    if last.content_hash != content_hash:
        return DocumentStanding("changed", f"its text changed after it was cleared {decided}; clear it again")
    return DocumentStanding("cleared", f"cleared {decided}")
