"""Which special watch list do the placements give now, and how does it differ from the one that was recorded?"""

from __future__ import annotations

from datetime import datetime

from tipcycle.assessment.list_difference import ListDifference, list_difference
from tipcycle.model.moment import day
from tipcycle.operations.context import Context
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.store import Store


def list_now(store: Store, cycle: Context, at: datetime) -> ListDifference:
    """The difference at `at`; none before the list is recorded (corrections simply count then) or in a closed cycle."""
    config = cycle.config
    row = store.cycles.get(config.report_year)
    if row.listed_at is None or row.closed_at is not None:
        return ListDifference()
    given = special_watch_list(
        config.placements,
        config.previous_report,
        on=cycle.places.washington.local_date(max(at, row.listed_at)),
        territories=config.territories,
    )
    return list_difference(store.cycles.special_watch_list(config.report_year), given)


def not_recorded(cycle: Context) -> str:
    """What a step says that waits for the list, and what ends the wait."""
    first = day(cycle.config.calendar.step("special-watch-list").planned_on)
    return (
        f"the special watch list is not recorded yet: open-cycle records it from {first} on; "
        "run open-cycle then, and this again after it"
    )


def told(difference: ListDifference, report_year: int) -> str:
    """The alarm in a line, with the command that helps."""
    return (
        f"the placements now give another special watch list than was recorded: {difference.told}; "
        f"form correct-list, or tipcycle correct-list --report-year {report_year}"
    )
