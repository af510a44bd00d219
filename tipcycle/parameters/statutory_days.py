"""When is what due by law? Days worked out from the parameters; None where the law has no such day yet.

Source: 22 U.S.C. 7107(b)(1), (b)(2)(A) and (B), (b)(4), (c).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tipcycle.model.law import Law, Window
from tipcycle.model.parameter import DatedValue, Parameter


@dataclass(frozen=True)
class StatutoryDay:
    """From `first` (None: any day before) to `last`, both inclusive, and the value of the law behind it."""

    first: date | None
    last: date
    by: DatedValue[Any]


def report_due(law: Law, report_year: int) -> StatutoryDay | None:
    """By when the Report of that year is due: June 1, June 30 from the 2021 Report."""
    return _day_of(law.report_due, report_year)


def interim_due(law: Law, report_year: int) -> StatutoryDay | None:
    """By when the interim assessment of cycle `report_year` is due: February 1 of that year.

    It follows up the special watch list of the Report before, so the law of that earlier Report must have one.
    """
    if law.special_watch_list_groups.for_report(report_year - 1) is None:
        return None
    return _day_of(law.interim_due, report_year)


def special_watch_list_due(law: Law, report_on: date) -> StatutoryDay | None:
    """Between which days the special watch list goes to Congress, after a Report released on `report_on`."""
    return _window_after(law.special_watch_list_window, report_on)


def determinations_due(law: Law, report_on: date) -> StatutoryDay | None:
    """Between which days the President notifies Congress of his determinations for Tier 3 countries."""
    return _window_after(law.determination_window, report_on)


def action_plan_due(law: Law, report_on: date) -> StatutoryDay | None:
    """By when a country moved from Tier 3 to Tier 2 Watch List is given an action plan."""
    value = law.action_plan_duty.on(report_on)
    return StatutoryDay(None, report_on + timedelta(days=value.value), value) if value else None


def waiver_published_by(law: Law, notified_on: date) -> StatutoryDay | None:
    """By when the evidence behind a waiver is to be described in public, after Congress was notified."""
    value = law.waiver_publication.on(notified_on)
    return StatutoryDay(None, notified_on + timedelta(days=value.value), value) if value else None


def _day_of(parameter: Parameter[str], report_year: int) -> StatutoryDay | None:
    value = parameter.for_report(report_year)
    return StatutoryDay(None, date.fromisoformat(f"{report_year}-{value.value}"), value) if value else None


def _window_after(parameter: Parameter[Window], report_on: date) -> StatutoryDay | None:
    value = parameter.on(report_on)
    if value is None:
        return None
    return StatutoryDay(
        report_on + timedelta(days=value.value.first), report_on + timedelta(days=value.value.last), value
    )
