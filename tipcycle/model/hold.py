"""Until when is nothing sent to whom, by whose decision and why? Sending stops, never the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

HoldScope = Literal["post", "bureau", "all"]


@dataclass(frozen=True)
class Hold:
    """`name` is a post's id or a bureau's letters, empty for everything; `until_on` is the last day, Washington's.

    It holds from `recorded_at` on. `lifted_at` is when it was ended before its day, or None.
    """

    number: int
    report_year: int
    scope: HoldScope
    name: str
    until_on: date
    reason: str
    approver: str
    recorded_at: datetime
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_because: str = ""

    @property
    def whom(self) -> str:
        """`baku`, `bureau EUR`, `everything`."""
        return {"post": self.name, "bureau": f"bureau {self.name}", "all": "everything"}[self.scope]
