"""Who is told how many days before and after a deadline? The shape of config/ladders/*.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Recipient = Literal["owner", "action-officer", "alternate", "front-office", "bureau", "bureaus", "director"]
Kind = Literal["courtesy", "statutory"]


class Rung(BaseModel):
    """`days` from the due day: negative reminds, positive escalates; the due day itself is on time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Annotated[int, Field(ge=-120, le=120)]
    to: Annotated[tuple[Recipient, ...], Field(min_length=1)]
    channel: Literal["email", "slack"] = "email"
    kind: Kind = "courtesy"

    @model_validator(mode="after")
    def _not_on_the_day(self) -> Rung:
        if self.days == 0:
            raise ValueError("a rung on the due day itself neither reminds nor escalates; use -1 or 1")
        return self


class Ladder(BaseModel):
    """Rungs in order of their days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    source: str
    rungs: Annotated[tuple[Rung, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Ladder:
        days = [rung.days for rung in self.rungs]
        if days != sorted(days):
            raise ValueError(f"rungs must be in order of days, here {days}")
        told = [(rung.days, name) for rung in self.rungs for name in rung.to]
        twice = [one for one in told if told.count(one) > 1]
        if twice:
            raise ValueError(f"rung {twice[0][0]:+d} tells {twice[0][1]} twice; keep one")
        return self
