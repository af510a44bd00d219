"""Which recommendations were not met, and will be asked again? With the year in which they are then asked.

Only a recommendation whose last reported status is `implemented` is met; silence is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tipcycle.model.plan import ActionPlan, Recommendation


@dataclass(frozen=True)
class LastStatus:
    """What was last said of one recommendation: the status, in which answer, and the day on the post's calendar.

    `status` may also be `nil`, `waived`, `no report` or `not answered`; then `source` is empty where nothing came.
    """

    status: str
    source: str = ""
    reported_on: date | None = None


@dataclass(frozen=True)
class CarriedOn:
    """An unmet recommendation of one country; `year_asked` counts the years, the next cycle included.

    `asked_again` is False for a country that leaves the special watch list: nobody asks it next year.
    """

    iso3: str
    id: str
    text: str
    high_priority: bool
    status: str
    source: str
    reported_on: date | None
    first_asked: int
    year_asked: int
    asked_again: bool


def carried_on(
    plans: Mapping[str, ActionPlan],
    said: Mapping[tuple[str, str], LastStatus],
    *,
    report_year: int,
    next_list: Iterable[str],
) -> tuple[CarriedOn, ...]:
    """Every unmet recommendation in order of country and plan; `said` has the last status by iso3 and item."""
    listed = frozenset(next_list)
    return tuple(
        _carried(item, said[iso3, item.id], iso3, report_year=report_year, asked_again=iso3 in listed)
        for iso3, plan in sorted(plans.items())
        for item in plan.recommendations
        if said[iso3, item.id].status != "implemented"
    )


def _carried(item: Recommendation, last: LastStatus, iso3: str, *, report_year: int, asked_again: bool) -> CarriedOn:
    return CarriedOn(
        iso3=iso3,
        id=item.id,
        text=item.text,
        high_priority=item.high_priority,
        status=last.status,
        source=last.source,
        reported_on=last.reported_on,
        first_asked=item.first_asked or report_year,
        year_asked=item.year_asked(report_year) + 1,
        asked_again=asked_again,
    )
