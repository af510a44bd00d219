"""Who let a figure stand that a rule refuses, why, and until when? For one submission, known by its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class RuleWaiver:
    """One rule (`code`) waived for the submission with this content hash; `until_on` is the last day to take it in."""

    number: int
    obligation: str
    content_hash: str
    code: str
    reason: str
    approver: str
    until_on: date
    recorded_at: datetime

    @property
    def told(self) -> str:
        """`rule statistic.period waived by gtip.director until 2009-12-31: the court counts calendar years`."""
        return f"rule {self.code} waived by {self.approver} until {self.until_on}: {self.reason}"
