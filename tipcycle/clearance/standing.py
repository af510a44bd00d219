"""Does a document stand as cleared, and is it still the text that was cleared?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tipcycle.model.clearance import Clearance

Standing = Literal["cleared", "returned", "changed", "waiting", "not fit"]


@dataclass(frozen=True)
class DocumentStanding:
    """`waiting` until a position decides; `changed` where the text is no longer the one that was cleared.

    `not fit` where the text is one that nobody may clear, whatever was decided: what is wrong with it comes first.
    """

    standing: Standing
    because: str


def standing_of(last: Clearance | None, *, content_hash: str, faults: Sequence[str] = ()) -> DocumentStanding:
    """How a document with this text and these faults stands after its latest decision."""
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        return DocumentStanding("not fit", f"not fit to go out: {faults[0]}{more}")
    if last is None:
        return DocumentStanding("waiting", "nobody has decided yet")
    decided = f"by {last.position} on {last.decided_at:%Y-%m-%d}"
    if last.decision == "returned":
        return DocumentStanding("returned", f"returned {decided}: {last.note}")
    if last.content_hash != content_hash:
        return DocumentStanding("changed", f"its text changed after it was cleared {decided}; clear it again")
    return DocumentStanding("cleared", f"cleared {decided}")
