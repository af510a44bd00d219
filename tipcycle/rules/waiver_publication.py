"""By when must the evidence behind a waiver be described in public, and was it?

Source: 22 U.S.C. 7107(b)(2)(E). GAO-17-56 found the Department late with it.
"""

from __future__ import annotations

from datetime import date

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.parameters.statutory_days import waiver_published_by

RULE = "waiver_publication"


def waiver_publication_day(law: Law, *, notified_on: date) -> Finding:
    """By when the evidence is to be public if Congress is notified of a waiver on the day `notified_on`."""
    day = waiver_published_by(law, notified_on)
    if day is None:
        return not_in_force(RULE, law.waiver_publication, notified_on.year)
    because = (
        f"If Congress is notified of a waiver on {notified_on} (the Report's due day), the evidence is to be public "
        f"by {day.last}."
    )
    undated = f"The evidence is to be public within {day.by.value} days after Congress is notified of a waiver."
    inputs = {"notified_on": notified_on.isoformat(), "publish_by": day.last.isoformat()}
    return found(RULE, day.last.isoformat(), because, by=(day.by,), inputs=inputs, undated=undated)


def waiver_publication(law: Law, *, notified_on: date, published_on: date | None, on: date) -> Finding:
    """How the publication stands on the day `on`: `on_time`, `late`, `pending` or `overdue`."""
    day = waiver_published_by(law, notified_on)
    if day is None:
        return not_in_force(RULE, law.waiver_publication, notified_on.year)
    inputs = {
        "notified_on": notified_on.isoformat(),
        "publish_by": day.last.isoformat(),
        "published_on": published_on.isoformat() if published_on else None,
    }
    told = f"Congress was notified on {notified_on}, so the evidence is to be public by {day.last}"
    if published_on:
        late = (published_on - day.last).days
        if late > 0:
            because = f"{told}; it was on {published_on}, {late} days late."
            return found(RULE, "late", because, by=(day.by,), inputs=inputs, severity="warning")
        return found(RULE, "on_time", f"{told}; it was on {published_on}.", by=(day.by,), inputs=inputs)
    if on > day.last:
        because = f"{told}; on {on} it is not, {(on - day.last).days} days overdue."
        return found(RULE, "overdue", because, by=(day.by,), inputs=inputs, severity="error")
    return found(RULE, "pending", f"{told}.", by=(day.by,), inputs=inputs)
