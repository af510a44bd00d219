"""What does the law say, since when, and where is that written? The shape of config/parameters/*.yaml.

A parameter keeps every value it ever had; a newer law adds a value and takes none away.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

T = TypeVar("T")
_Text = Annotated[str, Field(min_length=3)]


def law_day(report_year: int) -> date:
    """The day whose law governs a Report: June 1 of its year (decision 0008)."""
    return date(report_year, 6, 1)


class DatedValue(BaseModel, Generic[T]):
    """A value in force from `start` (inclusive) until the next one; `act` brought it, `section` holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    start: date = Field(alias="from")
    value: T
    act: _Text
    section: _Text
    source: _Text
    verified: bool
    note: str = ""

    @property
    def reference(self) -> str:
        """`Pub. L. 110-457, 22 U.S.C. 7107(b)(2)(D)(i)`, with `(not verified)` where that is so."""
        act = "" if self.act == "none" else f"{self.act}, "
        return f"{act}{self.section}" + ("" if self.verified else " (not verified)")


class Parameter(BaseModel, Generic[T]):
    """A value of the law over time, in order of its days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    what: _Text
    unit: str = ""
    values: Annotated[tuple[DatedValue[T], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Parameter[T]:
        starts = [value.start for value in self.values]
        if starts != sorted(set(starts)):
            raise ValueError("values must be in order of their days, each day once")
        return self

    def on(self, day: date) -> DatedValue[T] | None:
        """The value in force on `day`, or None before the first."""
        return next((value for value in reversed(self.values) if value.start <= day), None)

    def for_report(self, report_year: int) -> DatedValue[T] | None:
        """The value that governs the Report of that year, or None where there is none yet."""
        return self.on(law_day(report_year))
