"""What does a position owe that no calendar plans: to clear what it was asked to, to settle a split that it holds?

A duty becomes an obligation when it is asked, due some working days later. config/duties.yaml.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

DutyId = Literal["clear-documents", "settle-split"]


class Duty(BaseModel):
    """`working_days` are those of its owner, counted from the day after it was asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: DutyId
    what: Annotated[str, Field(min_length=3)]
    ladder: str
    working_days: Annotated[int, Field(ge=1, le=60)]
    source: Annotated[str, Field(min_length=3)]
