"""Who answers for which country, and when does it work? Source: config/posts.yaml, config/countries.yaml."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Bureau = Literal["AF", "EAP", "EUR", "NEA", "SCA", "WHA"]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZONES = available_timezones()


def _zone(name: str) -> str:
    if name not in _ZONES:
        raise ValueError("is not an IANA zone")
    return name


NO_BUREAU = "none"  # the key of those posts that no regional bureau covers, in addresses and in JSON


def bureau_name(key: str) -> str:
    """`EUR`; `no bureau` for those without."""
    return "no bureau" if key == NO_BUREAU else key


class WorkWeek(BaseModel):
    """Five working days from `since` on (None: since ever), written `Sun-Thu`."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    since: date | None = Field(default=None, alias="from")
    days: Literal["Mon-Fri", "Sun-Thu", "Sat-Wed"]

    @property
    def weekdays(self) -> frozenset[int]:
        """The working days as `date.weekday()` numbers, Monday 0."""
        first = _DAYS.index(self.days[:3])
        return frozenset((first + step) % 7 for step in range(5))


# It stands in headings of cables and mails, where another line would say something else.
_OneLine = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]+$")]


class Post(BaseModel):
    """An embassy, or the desk that stands in for one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: _OneLine
    kind: Literal["embassy", "consulate general", "interests section", "institute", "desk"]
    designator: _OneLine
    host: Iso3
    covers: Annotated[tuple[Iso3, ...], Field(min_length=1)]
    bureau: Bureau | None
    time_zone: Annotated[str, AfterValidator(_zone)]
    work_weeks: Annotated[tuple[WorkWeek, ...], Field(min_length=1)]
    note: str = ""
    source: str

    @model_validator(mode="after")
    def _weeks_follow_each_other(self) -> Post:
        starts = [week.since for week in self.work_weeks]
        dated = [since for since in starts[1:] if since is not None]
        if starts[0] is not None or len(dated) != len(starts) - 1 or dated != sorted(set(dated)):
            raise ValueError("work_weeks: the first has no from, each later one a later from; put them in order")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The post's own clock."""
        return ZoneInfo(self.time_zone)


class Country(BaseModel):
    """A country or territory; `in_text` is how a sentence names it, `tags` its two-letter cable TAGS."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    iso3: Iso3
    name: str
    in_text: str
    tags: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    tags_verified: bool = True


class Territory(BaseModel):
    """A territory assessed as if it were a country, for the Reports named (inclusive)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    iso3: Iso3
    name: str
    from_report: int
    to_report: int
    source: str

    def assessed_in(self, report_year: int) -> bool:
        """Whether that Report assesses it as if it were a country."""
        return self.from_report <= report_year <= self.to_report
