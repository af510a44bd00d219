"""Who said yes or no to a document, and to which text of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Decision = Literal["cleared", "returned"]


@dataclass(frozen=True)
class Clearance:
    """One decision on a document; `number` counts its decisions from 1, `content_hash` is the text decided upon."""

    document: str
    number: int
    report_year: int
    country: str
    decision: Decision
    position: str
    note: str
    content_hash: str
    decided_at: datetime
