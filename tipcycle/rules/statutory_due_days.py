"""What is due by law in one cycle, and when? Each day with the value of the law that sets it.

Source: 22 U.S.C. 7107(b)(1) (Report), (b)(2)(A) (special watch list), (b)(2)(B) (interim assessment), (c)
(determinations).
"""

from __future__ import annotations

from datetime import date

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.parameters.statutory_days import (
    determinations_due,
    interim_due,
    report_due,
    special_watch_list_due,
)


def report_due_day(law: Law, *, report_year: int) -> Finding:
    """By when the Report of that year is due."""
    day = report_due(law, report_year)
    if day is None:
        return not_in_force("report_due", law.report_due, report_year)
    because = f"The {report_year} Report is due by {day.last}."
    inputs = {"report_year": report_year, "due_on": day.last.isoformat()}
    return found("report_due", day.last.isoformat(), because, by=(day.by,), inputs=inputs)


def interim_due_day(law: Law, *, report_year: int) -> Finding:
    """By when the interim assessment of that cycle is due, and since when it looks at what was done."""
    day = interim_due(law, report_year)
    coverage = law.interim_coverage.for_report(report_year)
    groups = law.special_watch_list_groups
    if law.interim_due.for_report(report_year) and groups.for_report(report_year - 1) is None:
        first = groups.values[0]
        because = (
            f"Cycle {report_year} has no interim assessment: it would follow up the special watch list of the "
            f"{report_year - 1} Report, which had none; there is one since {first.start}."
        )
        return found("interim_due", "not_due", because, by=(first,), inputs={"report_year": report_year})
    if day is None or coverage is None:
        return not_in_force("interim_due", law.interim_due, report_year)
    because = (
        f"The interim assessment of cycle {report_year} is due by {day.last}; it covers what was done {coverage.value}."
    )
    inputs = {"report_year": report_year, "due_on": day.last.isoformat(), "covers": coverage.value}
    return found("interim_due", day.last.isoformat(), because, by=(day.by, coverage), inputs=inputs)


def special_watch_list_days(law: Law, *, report_on: date) -> Finding:
    """Between which days the special watch list goes to Congress after the Report of `report_on`."""
    day = special_watch_list_due(law, report_on)
    if day is None:
        return not_in_force("special_watch_list_window", law.special_watch_list_window, report_on.year)
    because = (
        f"If the Report is released on its due day {report_on}, the special watch list after it goes to Congress from "
        f"{day.first} to {day.last}."
    )
    inputs = {"report_on": report_on.isoformat(), "first": str(day.first), "last": day.last.isoformat()}
    return found("special_watch_list_window", day.last.isoformat(), because, by=(day.by,), inputs=inputs)


def determination_days(law: Law, *, report_on: date) -> Finding:
    """Between which days the President notifies Congress of his determinations for Tier 3 countries."""
    day = determinations_due(law, report_on)
    if day is None:
        return not_in_force("determination_window", law.determination_window, report_on.year)
    because = (
        f"If the Report is released on its due day {report_on}, the President notifies Congress from {day.first} to "
        f"{day.last} whether assistance to a Tier 3 country is withheld or the restriction waived."
    )
    undated = (
        f"The President notifies Congress {day.by.value.first} to {day.by.value.last} days after the Report whether "
        "assistance to a Tier 3 country is withheld or the restriction waived."
    )
    inputs = {"report_on": report_on.isoformat(), "first": str(day.first), "last": day.last.isoformat()}
    return found("determination_window", day.last.isoformat(), because, by=(day.by,), inputs=inputs, undated=undated)
