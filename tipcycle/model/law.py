"""Which parameters of the law are there? Each field is a parameter of config/parameters/, with every value it had."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tipcycle.model.parameter import Parameter
from tipcycle.model.placement import Group, Tier

Texts = dict[str, str]


def _month_day(text: str) -> str:
    try:
        date.fromisoformat(f"2001-{text}")
    except ValueError as error:
        raise ValueError("write a day of every year as 06-30") from error
    return text


MonthDay = Annotated[str, AfterValidator(_month_day)]


class Window(BaseModel):
    """Days after the Report, both inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: int = Field(ge=0)
    last: int = Field(ge=0)


class Clause(BaseModel):
    """A clause of the Act and what it says, in our words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str
    says: str


class Law(BaseModel):
    """Every parameter of config/parameters/, by its name; `tier-names` is the field `tier_names`."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))

    tier_names: Parameter[dict[Tier, str]]
    tier_meanings: Parameter[dict[Tier, str]]
    special_watch_list_groups: Parameter[dict[Group, Clause]]
    watch_list_grounds: Parameter[Texts]
    special_watch_list_window: Parameter[Window]
    interim_due: Parameter[MonthDay]
    interim_coverage: Parameter[str]
    interim_prejudges_no_tier: Parameter[str]
    report_due: Parameter[MonthDay]
    reporting_period: Parameter[str]
    tier_change_explanation: Parameter[str]
    concrete_actions: Parameter[str]
    two_year_limit: Parameter[int]
    limit_counts_from: Parameter[int]
    watch_list_after_downgrade: Parameter[int]
    waiver_length: Parameter[int]
    waiver_elements: Parameter[Texts]
    waiver_decided_by: Parameter[str]
    waiver_publication: Parameter[int]
    determination_window: Parameter[Window]
    determination_kinds: Parameter[Texts]
    action_plan_duty: Parameter[int]
    minimum_standards: Parameter[Texts]
    standards_apply_to: Parameter[str]
    indicia: Parameter[Texts]
    statistic_categories: Parameter[tuple[str, ...]]
    statistic_bases: Parameter[Texts]
    data_presumption: Parameter[str]
    data_grace_reports: Parameter[tuple[int, ...]]
    host_government_role: Parameter[str]
    cable_precedences: Parameter[tuple[str, ...]]
