"""What is owed in a cycle, by whom and when? The shape of config/calendar/YEAR.yaml.

A date has three faces that are never merged: statutory (the law's), planned (ours) and actual (the ledger's).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

StepId = Literal[
    "special-watch-list",
    "action-request",
    "demarche",
    "progress-report",
    "interim-draft",
    "interim-clearance",
    "interim-release",
    "reporting-instructions",
    "annual-submission",
    "full-draft",
    "tier-placement",
    "report-release",
]


class Step(BaseModel):
    """One step of the year.

    `per`: `cycle` is owed once, `watch-list country` by each entry of the special watch list, `country`
    by every country that a post covers. `opens_with`: the step whose actual date opens this one
    (None: it opens with the cycle).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: StepId
    owner: Literal["post", "department"]
    per: Literal["cycle", "watch-list country", "country"]
    planned_on: date
    statutory_from: date | None = None
    statutory_on: date | None = None
    opens_with: StepId | None = None
    ladder: str
    what: Annotated[str, Field(min_length=3)]
    source: Annotated[str, Field(min_length=3)]

    @model_validator(mode="after")
    def _legal_window_has_an_end(self) -> Step:
        if self.statutory_from and self.statutory_on and self.statutory_from > self.statutory_on:
            raise ValueError("statutory_from is after statutory_on; swap them or correct one")
        return self


class Period(BaseModel):
    """Days from `from` to `to`, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    source: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.start > self.end:
            raise ValueError("from is after to; swap them or correct one")
        return self


class Calendar(BaseModel):
    """The year of one cycle, in the order in which its steps are planned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report_year: Annotated[int, Field(ge=2001, le=2100)]
    opens_on: date
    previous_report_on: date
    reporting_period: Period
    interim_period: Period
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_step_can_open(self) -> Calendar:
        planned = {step.id: step.planned_on for step in self.steps}
        for step in self.steps:
            before = step.opens_with
            if before == step.id or (before in planned and planned[before] > step.planned_on):
                raise ValueError(f"{step.id} opens with {before}, which is not planned before it; name an earlier step")
        return self

    def step(self, step_id: str) -> Step:
        """The step of that name; every calendar has all of them."""
        return next(step for step in self.steps if step.id == step_id)
