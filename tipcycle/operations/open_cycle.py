"""Open a cycle; on its planned day record the special watch list and compile what each entry owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.model.moment import day
from tipcycle.operations.context import Context, context
from tipcycle.operations.list_now import list_now, told
from tipcycle.operations.obligation_life import compile_step, fulfil, open_obligations
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.store import Store


@dataclass(frozen=True)
class OpenCycleReport:
    """What was done, in a line a coordinator can read."""

    line: str
    opened: bool = False
    listed: int = 0


def open_cycle(report_year: int, at: datetime) -> OpenCycleReport:
    """Do what is owed at `at` of opening the cycle; repeating it changes nothing.

    A cycle follows the one before it: where the ledger holds that one, its roll-over is signed first.

    Source: 22 U.S.C. 7107(b)(2)(A) (the list follows the Report's placements, as corrected by that day).
    """
    cycle = context(report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        today = cycle.places.washington.local_date(at)
        opens_on = cycle.config.calendar.opens_on
        known = store.cycles.find(report_year)
        if known is None and today < opens_on:
            return OpenCycleReport(f"cycle {report_year}: not before {day(opens_on)}")
        before = store.cycles.find(report_year - 1) if known is None else None
        if before and before.closed_at is None:
            return OpenCycleReport(
                f"cycle {report_year}: waits until the roll-over of cycle {before.report_year} is signed; "
                "form close-cycle, or tipcycle close-cycle"
            )
        if known is None:
            _open(store, cycle, at)
        listed_at = known.listed_at if known else None
        planned = cycle.config.calendar.step("special-watch-list").planned_on
        if listed_at is None and today >= planned and not _report_is_known(cycle):
            return OpenCycleReport(
                f"cycle {report_year}: the special watch list waits: config/placements has no placement of the "
                f"{cycle.config.previous_report} Report",
                opened=known is None,
            )
        if listed_at is None and today >= planned:
            count = _record_list(store, cycle, at)
            return OpenCycleReport(
                f"cycle {report_year}: special watch list recorded, {count} entries", known is None, count
            )
        if known is None:
            return OpenCycleReport(f"cycle {report_year}: opened; {_list_comes(planned)}", opened=True)
        if listed_at is None:
            return OpenCycleReport(f"cycle {report_year}: open; {_list_comes(planned)}")
        difference = list_now(store, cycle, at)
        owed = told(difference, report_year) if difference else "nothing owed"
        return OpenCycleReport(f"cycle {report_year}: open, special watch list recorded; {owed}")


def _list_comes(planned: date) -> str:
    return f"open-cycle, run again, records its special watch list from {day(planned)} on"


def _report_is_known(cycle: Context) -> bool:
    """Without the Report's placements the list would be empty, and wrong."""
    return any(row.report_year == cycle.config.previous_report for row in cycle.config.placements)


def _open(store: Store, cycle: Context, at: datetime) -> None:
    store.cycles.open(cycle.config.report_year, at)
    store.acts.add("open-cycle", f"cycle:{cycle.config.report_year}", actor="tipcycle", at=at)
    for step in cycle.config.calendar.steps:
        if step.per == "cycle":
            obligations = compile_step(store, cycle, step.id)
            if step.opens_with is None:
                open_obligations(store, cycle, obligations, at=at)


def _record_list(store: Store, cycle: Context, at: datetime) -> int:
    config = cycle.config
    entries = special_watch_list(
        config.placements,
        config.previous_report,
        on=cycle.places.washington.local_date(at),
        territories=config.territories,
    )
    store.cycles.record_list(config.report_year, entries, at)
    for step in config.calendar.steps:
        if step.per == "watch-list country":
            compile_step(store, cycle, step.id)
    (own,) = store.obligations.of_cycle(config.report_year, step="special-watch-list")
    fulfil(store, cycle, own, standing="received", at=at)
    store.acts.add(
        "record-special-watch-list",
        own.key,
        actor="tipcycle",
        at=at,
        entries=[f"{entry.iso3} {entry.group}" for entry in entries],
    )
    return len(entries)
